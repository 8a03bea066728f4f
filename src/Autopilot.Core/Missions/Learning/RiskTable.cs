using Autopilot.Core.Planning;

namespace Autopilot.Core.Missions.Learning;

/// <summary>P(failure | feature) over the units of earlier missions. Source: mission-control's causal signals.</summary>
public sealed class RiskTable
{
    /// <summary>With fewer samples nothing is said.</summary>
    public const int FewestSamples = 5;

    /// <summary>Lower risks are not worth a word.</summary>
    public const double WorthTelling = 0.15;

    private readonly Dictionary<(string Dimension, string Value), Risk> risks;

    public RiskTable(IEnumerable<UnitOutcome> outcomes) => risks = outcomes
        .SelectMany(o => UnitOutcome.Features(o.Specialist, o.Files, o.HasDependencies).Select(f => (Feature: f, o.Landed)))
        .GroupBy(o => o.Feature)
        .Where(g => g.Count() >= FewestSamples)
        .ToDictionary(g => g.Key, g => new Risk(g.Key.Dimension, g.Key.Value, g.Count(o => !o.Landed) / (double)g.Count(), g.Count()));

    /// <summary>What a planner should know, the greatest risk first.</summary>
    public IReadOnlyList<Risk> Notable => Sorted(risks.Values);

    /// <summary>What speaks against a unit, at most three, the greatest first.</summary>
    public IReadOnlyList<Risk> Of(PlannedUnit unit) => [.. Sorted(UnitOutcome.Features(unit).Select(f => risks.GetValueOrDefault(f)).OfType<Risk>()).Take(3)];

    private static IReadOnlyList<Risk> Sorted(IEnumerable<Risk> risks) =>
        [.. risks.Where(r => r.Failure > WorthTelling).OrderByDescending(r => r.Failure).ThenByDescending(r => r.Samples).ThenBy(r => r.Dimension, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal)];
}
