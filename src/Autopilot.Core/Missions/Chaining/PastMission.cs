using Autopilot.Core.Missions.Learning;

namespace Autopilot.Core.Missions.Chaining;

/// <summary>An earlier mission of the repository, as far as later ones learn from it.</summary>
/// <param name="Result">met, partial or nothing.</param>
/// <param name="Landed">Of its units.</param>
/// <param name="Left">The units that did not land, with why, a line each.</param>
public sealed record PastMission(string RunId, string Objective, string Result, string? StopCause, bool Cleanup, int Units, int Landed, decimal CostUsd, IReadOnlyList<string> Left)
{
    public IReadOnlyList<UnitOutcome> Outcomes { get; init; } = [];

    /// <summary>What its workers discovered or worried about, a line for each unit. Their words: never evidence.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];
}
