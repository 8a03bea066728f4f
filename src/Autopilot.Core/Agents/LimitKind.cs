namespace Autopilot.Core.Agents;

/// <summary>Which limit ended a session.</summary>
public enum LimitKind
{
    None,
    Turns,
    Budget,
    Time,
    ModelCalls,
    /// <summary>The provider's allowance; it has a reset time where the provider says it.</summary>
    Quota,
    /// <summary>How much its workspace may grow.</summary>
    Disk,
    /// <summary>The machine's memory: nobody's fault.</summary>
    Memory,
}
