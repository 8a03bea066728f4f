using Autopilot.Core.Planning;

namespace Autopilot.Core.Missions.Learning;

/// <summary>What a plan may take, from what earlier units took.</summary>
/// <param name="UnitUsd">In USD for one unit, the mean; null when no earlier unit has a known cost.</param>
/// <param name="UnitTime">Of workers on one unit, the mean.</param>
/// <param name="TotalUsd">For all units; null as above.</param>
/// <param name="TotalTime">From the first worker to the last, with the workers there are and layer by layer; verification is not in it.</param>
/// <param name="Samples">How many earlier units that rests on.</param>
public sealed record PlanEstimate(decimal? UnitUsd, TimeSpan UnitTime, decimal? TotalUsd, TimeSpan TotalTime, int Samples)
{
    /// <returns>Null when nothing is known.</returns>
    public static PlanEstimate? Of(IReadOnlyList<PlannedUnit> units, int workers, IReadOnlyList<UnitOutcome> outcomes)
    {
        if (outcomes.Count == 0) return null;
        var priced = outcomes.Where(o => o.CostUsd > 0).ToList();
        var usd = priced.Count == 0 ? (decimal?)null : priced.Average(o => o.CostUsd);
        var time = TimeSpan.FromSeconds(outcomes.Average(o => o.Worked.TotalSeconds));
        var rounds = Layers.Of(units).Sum(layer => (layer.Count + workers - 1) / workers);
        return new PlanEstimate(usd, time, usd * units.Count, time * rounds, outcomes.Count);
    }
}
