using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Trajectories;

namespace Autopilot.Workflows.Sessions;

/// <summary>What sessions are made of.</summary>
public sealed record SessionParts
{
    /// <summary>The agent that plays a role, and the model it is to use.</summary>
    public required Func<string, (IAgent Agent, string? Model)> AgentFor { get; init; }

    /// <summary>Who stands in for that agent while its provider is limited or down, in order.</summary>
    public Func<string, IReadOnlyList<(IAgent Agent, string? Model)>> Otherwise { get; init; } = _ => [];

    public required IGovernor Governor { get; init; }

    public required IRecordRedactor Redactor { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The folder of a run's readable files.</summary>
    public required Func<string, string> RunFolder { get; init; }

    public required string Version { get; init; }

    /// <summary>Told of each event, with the session's key; must not block.</summary>
    public Action<string, AgentEvent> Observe { get; init; } = (_, _) => { };
}
