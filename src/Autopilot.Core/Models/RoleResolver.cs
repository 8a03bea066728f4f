using Autopilot.Core.Configuration;

namespace Autopilot.Core.Models;

/// <summary>Finds who plays a role: the role's own binding, otherwise that of <c>default</c>.</summary>
/// <param name="bindings">By role.</param>
/// <param name="agents">The names of the agents there are.</param>
/// <param name="models">The names of the models there are.</param>
public sealed class RoleResolver(IReadOnlyDictionary<string, RoleBinding> bindings, IReadOnlyCollection<string> agents, IReadOnlyCollection<string> models)
{
    public const string Default = "default";

    /// <exception cref="UserErrorException">Nobody is bound, or nobody of that name exists, or the name means two things.</exception>
    public RoleTarget Resolve(string role) => ResolveAll(role)[0];

    /// <summary>Finds who plays a role, and then who stands in, in order.</summary>
    /// <exception cref="UserErrorException">As <see cref="Resolve"/>.</exception>
    public IReadOnlyList<RoleTarget> ResolveAll(string role)
    {
        var from = bindings.ContainsKey(role) ? role : Default;
        if (!bindings.TryGetValue(from, out var binding))
            throw new UserErrorException($"Nobody plays the role '{role}'. Name an agent or a model under roles.{role} or roles.{Default}.");
        return [.. binding.All.Select(one => Target(from, one))];
    }

    private RoleTarget Target(string from, RoleBinding binding)
    {
        var (isAgent, isModel) = (agents.Contains(binding.Agent), models.Contains(binding.Agent));
        return (isAgent, isModel) switch
        {
            (true, true) => throw new UserErrorException($"roles.{from}: '{binding.Agent}' is the name of an agent and of a model. Rename one of them."),
            (true, false) => new RoleTarget.OfAgent(binding.Agent, binding.Model),
            (false, true) when binding.Model is not null => throw new UserErrorException($"roles.{from}: '{binding.Agent}' is a model already; '{binding.Model}' cannot be chosen beside it."),
            (false, true) => new RoleTarget.OfModel(binding.Agent),
            _ => throw Unknown(from, binding.Agent),
        };
    }

    /// <summary>Finds the agent that plays a role in which files are edited.</summary>
    /// <exception cref="UserErrorException">As <see cref="Resolve"/>, and when a model plays it.</exception>
    public RoleTarget.OfAgent ResolveAgent(string role) => ResolveAgents(role)[0];

    /// <summary>Finds the agent that plays a role in which files are edited, and then those that stand in, in order.</summary>
    /// <exception cref="UserErrorException">As <see cref="ResolveAgent"/>.</exception>
    public IReadOnlyList<RoleTarget.OfAgent> ResolveAgents(string role) => [.. ResolveAll(role).Select(target => Agent(role, target))];

    private RoleTarget.OfAgent Agent(string role, RoleTarget target) => target switch
    {
        RoleTarget.OfAgent agent => agent,
        RoleTarget.OfModel model => throw new UserErrorException($"The role '{role}' edits files, and '{model.Name}' is a model, which can only answer. Bind roles.{role} to an agent: {string.Join(", ", agents)}."),
        _ => throw new InvalidOperationException("A role is played by an agent or a model."),
    };

    private UserErrorException Unknown(string from, string name)
    {
        var known = agents.Concat(models).ToList();
        var nearest = Spelling.Nearest(name, known) is { } near ? $" Did you mean '{near}'?" : "";
        return new UserErrorException($"roles.{from}: there is no agent or model '{name}'.{nearest} Known: {string.Join(", ", known)}.");
    }
}
