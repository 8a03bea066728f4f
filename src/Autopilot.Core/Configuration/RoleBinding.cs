namespace Autopilot.Core.Configuration;

/// <summary>Who plays a role.</summary>
/// <param name="Agent">The agent, or the model, by its configured name.</param>
/// <param name="Model">The model that the agent is to use; null for its own default.</param>
/// <param name="Otherwise">Who plays it while the provider of this one is limited or down; null for nobody.</param>
public sealed record RoleBinding(string Agent, string? Model = null, RoleBinding? Otherwise = null)
{
    /// <summary>This one and all that stand in for it, in order.</summary>
    public IEnumerable<RoleBinding> All => Otherwise is null ? [this] : Otherwise.All.Prepend(this);
}
