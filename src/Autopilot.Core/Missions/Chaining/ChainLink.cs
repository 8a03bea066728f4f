namespace Autopilot.Core.Missions.Chaining;

/// <summary>A mission's place in a chain, in which each mission proposes the next.</summary>
/// <param name="Parent">The run that proposed it; null for the first.</param>
/// <param name="Depth">From 1.</param>
/// <param name="MaxDepth">The most missions of the chain.</param>
public sealed record ChainLink(string? Parent, int Depth, int MaxDepth)
{
    /// <summary>The name of the run that follows a mission: a store has each name once, so a mission has one successor.</summary>
    public static string NameAfter(string parent) => $"after/{parent}";

    /// <param name="parent">The run that this place is of.</param>
    public ChainLink Next(string parent) => new(parent, Depth + 1, MaxDepth);

    /// <summary>
    /// Whether a mission is followed by another: something landed, nothing stopped it, and neither depth, budget nor time of the whole
    /// chain is used up. A chain does not outlive its first failure: what failed is for a person to see.
    /// </summary>
    /// <param name="spentUsd">By the mission that ended.</param>
    /// <param name="took">By the mission that ended, without the time in which it waited for a person.</param>
    public bool GoesOn(MissionState end, decimal spentUsd, TimeSpan took) =>
        Depth < MaxDepth && end.StopCause is null && !end.Landings.IsEmpty && Left(end.Settings, spentUsd, took) is not null;

    /// <summary>The rules of the next mission: it has what this one left of budget and time.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static MissionSettings? Left(MissionSettings settings, decimal spentUsd, TimeSpan took)
    {
        var left = settings with { MaxBudgetUsd = settings.MaxBudgetUsd - spentUsd, MaxTime = settings.MaxTime - took };
        return left.MaxBudgetUsd is null or > 0 && left.MaxTime > TimeSpan.Zero ? left : null;
    }
}
