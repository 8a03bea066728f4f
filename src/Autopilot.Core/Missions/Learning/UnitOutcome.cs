using Autopilot.Core.Planning;

namespace Autopilot.Core.Missions.Learning;

/// <summary>How a unit of an earlier mission ended, by what was known of it before it began.</summary>
/// <param name="Specialist">Null for none.</param>
/// <param name="Files">How many files the planner expected it to touch.</param>
/// <param name="Landed">False when it was given up; one that only waited for another is no outcome.</param>
/// <param name="CostUsd">All its attempts together.</param>
/// <param name="Worked">The time workers spent on it.</param>
public sealed record UnitOutcome(string? Specialist, int Files, bool HasDependencies, bool Landed, decimal CostUsd, TimeSpan Worked)
{
    /// <summary>What is known of a unit before it begins, as dimension and value.</summary>
    public static IEnumerable<(string Dimension, string Value)> Features(string? specialist, int files, bool hasDependencies) =>
    [
        ("specialist", specialist ?? "none"),
        ("files", files switch { <= 1 => "0-1", <= 3 => "2-3", <= 5 => "4-5", _ => "6 or more" }),
        ("depends on others", hasDependencies ? "yes" : "no"),
    ];

    /// <inheritdoc cref="Features(string?, int, bool)"/>
    public static IEnumerable<(string Dimension, string Value)> Features(PlannedUnit unit) => Features(unit.Specialist, unit.Files.Count, unit.DependsOn.Count > 0);
}
