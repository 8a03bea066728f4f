using System.IO.Enumeration;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Supervision;

/// <summary>Watches how much the files of a workspace grow while a session runs.</summary>
internal sealed class WorkspaceGrowth : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly string workspace;
    private readonly TimeProvider clock;
    private readonly Action<string> exceeded;
    private readonly Action<string, string> count;
    private readonly long limit;
    private readonly ITimer timer;
    private readonly Lock looking = new();
    private GrowthWatch? watch;

    /// <param name="workspace">The folder.</param>
    /// <param name="limit">By how many bytes it may grow.</param>
    /// <param name="clock">For the looks, once a second.</param>
    /// <param name="exceeded">Told, in words, when it has grown more.</param>
    /// <param name="count">Counts a look that failed.</param>
    public WorkspaceGrowth(string workspace, long limit, TimeProvider clock, Action<string> exceeded, Action<string, string> count)
    {
        (this.workspace, this.limit, this.clock, this.exceeded, this.count) = (workspace, limit, clock, exceeded, count);
        // The first look, while the agent starts, measures what it grows from.
        timer = clock.CreateTimer(_ => Watch(), null, TimeSpan.Zero, Period);
    }

    /// <summary>Looks now.</summary>
    /// <returns>In words, that it has grown too much; null when it has not, or cannot be measured.</returns>
    public string? Look()
    {
        lock (looking) return Measured();
    }

    public void Dispose() => timer.Dispose();

    private void Watch()
    {
        if (!looking.TryEnter()) return;
        string? reason;
        try
        {
            reason = Measured();
        }
        finally
        {
            looking.Exit();
        }

        if (reason is not null) exceeded(reason);
    }

    private string? Measured()
    {
        try
        {
            var free = Free();
            var now = clock.GetUtcNow();
            if (watch is null) watch = new GrowthWatch(limit, Size(workspace));
            else if (watch.IsDue(free, now) && watch.Measured(Size(workspace), free, now) is { } growth) return $"its workspace grew by {growth >> 20} MiB, the limit is {limit >> 20} MiB (session.disk)";
        }
        catch (IOException)
        {
            // The folder is being removed: there is nothing left to grow, or the next look sees it.
            count("autopilot_failures_total", "where=\"session\",kind=\"workspace_not_measured\"");
        }

        return null;
    }

    private long? Free()
    {
        try
        {
            return new DriveInfo(workspace).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // unknown: then it is measured each time
        }
    }

    // With git's own files and what git ignores: all of it is on the disk.
    private static long Size(string folder) => !Directory.Exists(folder) ? 0 : new FileSystemEnumerable<long>(
        folder,
        (ref FileSystemEntry entry) => entry.Length,
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
    }.Sum();
}
