namespace Autopilot.Bench.Governance;

/// <summary>What ends all work.</summary>
internal enum StopCause
{
    KillFile,
    ModeOff,

    /// <summary>The token that SIGINT and SIGTERM cancel.</summary>
    Signal,
    Deadline,

    /// <summary>A session that cost more than was left of the day.</summary>
    Budget,
}
