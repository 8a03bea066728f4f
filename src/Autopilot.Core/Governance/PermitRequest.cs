namespace Autopilot.Core.Governance;

/// <summary>What a caller wants leave for.</summary>
public sealed record PermitRequest
{
    /// <summary>session, model_call, verification or merge.</summary>
    public required string Kind { get; init; }

    public required string RunId { get; init; }

    /// <summary>The role it is done in: worker, planner, reviewer ...</summary>
    public required string Role { get; init; }

    /// <summary>The agent or model by name; null for a merge.</summary>
    public string? Agent { get; init; }

    /// <summary>The model that is asked for; null for the agent's own choice.</summary>
    public string? Model { get; init; }

    /// <summary>The vendor whose limits and breaker apply; null when none.</summary>
    public string? Provider { get; init; }

    /// <summary>True when no person started it by hand: then the mode must allow it. The governor of a process that nobody started by hand holds it to be true of every request.</summary>
    public bool Unattended { get; init; }

    /// <summary>Calls paid models, so budgets apply. They apply as well to an agent of which this is not known, once it has reported a cost.</summary>
    public bool SpendsMoney { get; init; } = true;

    /// <summary>The caller's own cap, in USD; null for the configured session cap.</summary>
    public decimal? CapUsd { get; init; }
}
