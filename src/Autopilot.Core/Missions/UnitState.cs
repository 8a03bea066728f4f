using System.Collections.Immutable;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Speculating;
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

    /// <summary>The attempts that are or were made at once; empty when the present or last attempt is a plain one.</summary>
    public ImmutableList<Rival> Rivals { get; init; } = [];

    /// <summary>The rival whose commit goes on; 0 while none does.</summary>
    public int Winner { get; init; }

    /// <summary>Whether the facts say that a worker is at an attempt.</summary>
    /// <param name="rival">From 1; 0 for a plain attempt.</param>
    public bool IsAtWork(int attempt, int rival) =>
        Status == UnitStatus.Working && Attempt == attempt && (rival == 0 ? Rivals.IsEmpty : rival <= Rivals.Count && Rivals[rival - 1].Status == RivalStatus.Working);

    /// <summary>How many workers are at it.</summary>
    public int AtWork => Status != UnitStatus.Working ? 0 : Rivals.IsEmpty ? 1 : Rivals.Count(r => r.Status == RivalStatus.Working);

    /// <summary>The gate at which it waits for a person; null elsewhere.</summary>
    public string? Gate { get; init; }

    /// <summary>A person knows what the honest-work guard found in the present attempt, and lets it go on.</summary>
    public bool Vouched { get; init; }

    public bool IsSettled => Status is UnitStatus.Landed or UnitStatus.Abandoned or UnitStatus.Blocked;
}
