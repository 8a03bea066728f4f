namespace Autopilot.Core.Missions.Reporting;

/// <summary>How news sounds.</summary>
public enum Tone
{
    Plain,
    Good,
    /// <summary>Something went wrong and is dealt with.</summary>
    Setback,
    Bad,
}
