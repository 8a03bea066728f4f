namespace Autopilot.Core.Missions;

/// <summary>Where a unit is on its way.</summary>
public enum UnitStatus
{
    /// <summary>Waits for dependencies, a worker, or the end of a back-off.</summary>
    Pending,
    Working,
    /// <summary>Committed; waits for the gate before the merge.</summary>
    Reviewing,
    /// <summary>Waits at a gate for a person.</summary>
    Approving,
    /// <summary>Waits for its turn in the merge queue.</summary>
    Queued,
    Landed,
    /// <summary>Given up after its attempts, for a recorded reason.</summary>
    Abandoned,
    /// <summary>Cannot come: what it depends on will not land, or the worker says it cannot be done.</summary>
    Blocked,
}
