namespace Autopilot.Core.Configuration;

/// <summary><c>roles:</c></summary>
public static class RoleKeys
{
    /// <summary>The role that every other role falls back to.</summary>
    public const string DefaultRole = "default";

    private static readonly Key<string> Agent = new("agent", new TextShape("the name of an agent or a model"), "The agent or the model, by its name.") { Required = true };
    private static readonly Key<string> Model = new("model", new TextShape("a model"), "The model that the agent is to use.");

    /// <summary>Who plays which role.</summary>
    public static Key<IReadOnlyDictionary<string, RoleBinding>> Roles { get; } = new(
        "roles",
        new MapShape<RoleBinding>(new RoleShape(new ObjectShape<RoleBinding>([Agent, Model], v => new RoleBinding(v.Get(Agent) ?? "", v.Get(Model)), shorthand: Agent, write: r => r.Agent)), "a mapping of roles to agents"),
        new Dictionary<string, RoleBinding>(StringComparer.Ordinal) { [DefaultRole] = new RoleBinding("claude") },
        "Who plays which role: an agent or a model by name, or a mapping with an agent and its model; or a list, of which the next one plays while the provider of those before it is limited or down for more than a minute. A role that is not named falls back to default, which is claude.");

    public static IReadOnlyList<ConfigurationKey> All { get; } = [Roles];

    /// <summary>Who plays a role: its own entry, else the default's.</summary>
    public static RoleBinding RoleOf(this EffectiveConfiguration configuration, string role)
    {
        var roles = configuration.Get(Roles)!;
        return roles.TryGetValue(role, out var own) ? own : roles.TryGetValue(DefaultRole, out var fallback) ? fallback : Roles.Default![DefaultRole];
    }
}
