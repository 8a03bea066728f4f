namespace Autopilot.Core.Loops.Phases;

/// <summary>One phase of a plan.</summary>
public sealed record PlannedPhase
{
    /// <summary>Unique in the plan; at most 96 bytes.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Objective { get; init; }

    public required IReadOnlyList<string> InScope { get; init; }

    public required IReadOnlyList<string> Deliverables { get; init; }

    public IReadOnlyList<string> OutOfScope { get; init; } = [];

    /// <summary>Ids of phases that must be completed before. A text with spaces is a remark about something outside the plan.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    public IReadOnlyList<string> Risks { get; init; } = [];

    public IReadOnlyList<string> Rollback { get; init; } = [];

    public IReadOnlyList<AcceptancePoint> Acceptance { get; init; } = [];

    /// <summary>A command of its own that must pass besides the user's; null for none. It is part of the accepted plan: only planning again changes it.</summary>
    public string? Verification { get; init; }

    /// <summary>A name for its folder: the id where that is plain, else a coded form of it.</summary>
    public string Key => PhaseKey.Of(Id);
}
