namespace Autopilot.Core.Agents;

/// <summary>Decides when a workspace must be measured, and when it has grown too much.</summary>
/// <remarks>Measuring walks all its files. Free space of the disk costs nothing to read, and while it has hardly shrunk the workspace has hardly grown.</remarks>
/// <param name="limit">By how many bytes it may grow.</param>
/// <param name="baseline">Its size at the start, in bytes.</param>
public sealed class GrowthWatch(long limit, long baseline)
{
    /// <summary>Measured at least so often: others may free as much of the disk as the workspace takes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private long growth;
    private long? freeThen;
    private DateTimeOffset? measuredAt;

    /// <param name="free">Of the disk, in bytes; null where that is unknown.</param>
    public bool IsDue(long? free, DateTimeOffset now)
    {
        if (measuredAt is not { } at || now - at >= Longest) return true;
        return free is not { } bytes || freeThen is not { } before || before - bytes > (limit - growth) / 2;
    }

    /// <summary>Takes a measurement.</summary>
    /// <returns>Its growth in bytes when that is more than it may be; null otherwise.</returns>
    public long? Measured(long size, long? free, DateTimeOffset now)
    {
        (growth, freeThen, measuredAt) = (size - baseline, free, now);
        return growth > limit ? growth : null;
    }
}
