namespace Autopilot.Core.Missions.Speculating;

/// <summary>Who of several rivals goes on.</summary>
public static class Contest
{
    /// <summary>The best of those that passed all gates; on equal terms the one that was asked for the more usual approach.</summary>
    /// <returns>Null when none passed.</returns>
    public static Rival? Winner(IEnumerable<Rival> rivals, Measure measure) =>
        rivals.Where(r => r.Status == RivalStatus.Passed).OrderBy(r => Key(r, measure))
            .ThenBy(r => Key(r, Measure.Review)).ThenBy(r => r.CostUsd).ThenBy(r => r.Lines).ThenBy(r => r.Number).FirstOrDefault();

    // Not reviewed is the middle of the scale. Source: mission-control.
    private static double Key(Rival rival, Measure measure) => measure switch
    {
        Measure.Review => -(rival.Score ?? 5),
        Measure.Cost => (double)rival.CostUsd,
        _ => rival.Lines,
    };
}
