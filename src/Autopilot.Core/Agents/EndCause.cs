namespace Autopilot.Core.Agents;

/// <summary>Who ended the process of a session.</summary>
public enum EndCause
{
    /// <summary>It exited, or something outside ended it.</summary>
    ByItself,
    Cancelled,
    WallClock,
    Silence,
    /// <summary>We ended it, because it went over its limit on turns.</summary>
    Turns,
    /// <summary>We ended it, because it went over its limit on model calls.</summary>
    ModelCalls,
    /// <summary>We ended it, because it went over its budget.</summary>
    Budget,
    /// <summary>We ended it, because its workspace grew beyond its limit.</summary>
    Disk,
    /// <summary>We ended it, because the machine was about to run out of memory and it was the largest of ours.</summary>
    Memory,
}
