using System.Collections.Immutable;
using Autopilot.Core.Merging;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Missions;

/// <summary>A unit and how far it is.</summary>
public sealed record UnitState(PlannedUnit Unit)
{
    public string Id => Unit.Id;

    public UnitStatus Status { get; init; }

    /// <summary>The present or last attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that count against the limit: infrastructure faults do not.</summary>
    public int Charged { get; init; }

    /// <summary>What the present attempt left.</summary>
    public string? Commit { get; init; }

    /// <summary>How large the change of the present attempt is.</summary>
    public ChangeSize Size { get; init; }

    /// <summary>The green that the present attempt started from.</summary>
    public string? Base { get; init; }

    /// <summary>Not to be started before; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it first entered the merge queue.</summary>
    public DateTimeOffset? QueuedSince { get; init; }

    /// <summary>Why it is where it is, for the report.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The unit whose failure blocks this one; null when something else does.</summary>
    public string? BlockedBy { get; init; }

    /// <summary>What the next attempt must know, oldest first.</summary>
    public ImmutableList<Setback> Setbacks { get; init; } = [];

    public decimal CostUsd { get; init; }

    public bool IsSettled => Status is UnitStatus.Landed or UnitStatus.Abandoned or UnitStatus.Blocked;
}
