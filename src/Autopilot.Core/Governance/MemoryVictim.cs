namespace Autopilot.Core.Governance;

/// <summary>Which session is ended when the machine is about to run out of memory; pure.</summary>
public static class MemoryVictim
{
    /// <summary>What a session's process told longer ago does not count: it may be gone.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Between two: what the one gave back must have time to show.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The largest; null when it is too soon after the last, or there is none that holds memory.</summary>
    /// <param name="sessions">Those of all processes: id, bytes, and when that was told.</param>
    /// <param name="last">When one was chosen last.</param>
    public static string? Choose(IEnumerable<(string Id, long Bytes, DateTimeOffset At)> sessions, DateTimeOffset? last, DateTimeOffset now)
    {
        if (now - last < Pause) return null;
        return sessions.Where(session => session.Bytes > 0 && now - session.At <= Fresh)
            .OrderByDescending(session => session.Bytes).ThenBy(session => session.Id, StringComparer.Ordinal)
            .Select(session => session.Id).FirstOrDefault();
    }
}
