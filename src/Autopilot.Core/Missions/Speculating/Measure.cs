namespace Autopilot.Core.Missions.Speculating;

/// <summary>What decides between rivals that pass all gates; the others break ties, in this order.</summary>
public enum Measure
{
    /// <summary>The reviewer's mean score, the highest wins.</summary>
    Review,
    /// <summary>What the attempt cost, the lowest wins.</summary>
    Cost,
    /// <summary>Changed lines, the fewest win.</summary>
    Size,
}
