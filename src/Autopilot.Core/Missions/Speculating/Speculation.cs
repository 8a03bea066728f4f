namespace Autopilot.Core.Missions.Speculating;

/// <summary>Several attempts at one unit at once, each by another approach; one of them goes on.</summary>
/// <param name="Rivals">How many, 2 to 5.</param>
/// <param name="From">The uncertainty of a unit from which on it is tried so, 0 (every unit) to 1.</param>
/// <param name="Measure">What decides between those that pass all gates.</param>
public sealed record Speculation(int Rivals, double From, Measure Measure)
{
    /// <summary>The room that must be left in the budget, in multiples of what the rivals will cost if they cost the mean of the attempts so far. Source: mission-control's cost_limit_multiplier.</summary>
    private const decimal Margin = 1.5m;

    /// <summary>How many attempts at a unit are made at once.</summary>
    /// <returns>0 for one plain attempt.</returns>
    public static int RivalsFor(MissionState state, UnitState unit)
    {
        // Later attempts know why the first failed: that is worth more than another guess.
        if (state.Rules.Speculation is not { } rule || unit.Charged > 0 || unit.Unit.Uncertainty < rule.From) return 0;
        if (state.Settings.MaxBudgetUsd is not { } budget || MeanCost(state) is not { } mean) return rule.Rivals;
        return rule.Rivals * mean * Margin <= budget - state.SpentUsd ? rule.Rivals : 0;
    }

    /// <summary>In USD, of one attempt; null while none has cost anything.</summary>
    private static decimal? MeanCost(MissionState state)
    {
        var (sum, count) = (0m, 0);
        foreach (var unit in state.Units.Values.Where(u => u.CostUsd > 0))
            (sum, count) = (sum + unit.CostUsd, count + Math.Max(1, Math.Max(unit.Attempt, unit.Rivals.Count)));
        return count == 0 ? null : sum / count;
    }
}
