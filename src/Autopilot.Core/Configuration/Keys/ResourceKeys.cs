namespace Autopilot.Core.Configuration;

/// <summary><c>resources:</c></summary>
public static class ResourceKeys
{
    private static readonly Shape<int> Mebibytes = new IntegerShape(0, 1 << 24);

    public static Key<int> Memory { get; } = new("resources.memory", Mebibytes, 400, "New sessions wait while less memory is free, in MiB.");

    public static Key<int> Disk { get; } = new("resources.disk", Mebibytes, 500, "New sessions and merges wait while less of the disk is free, in MiB.");

    public static Key<TimeSpan> LongestWait { get; } = new("resources.longest_wait", new DurationShape(TimeSpan.Zero, TimeSpan.FromDays(7)), TimeSpan.FromHours(6),
        "How long a session waits at most for a rate limit, a quota, memory, disk or a budget that others reserved, before it is refused.");

    public static Key<int> MemoryFloor { get; } = new("resources.memory_floor", Mebibytes, 150,
        "When less memory than this is free, in MiB, the largest of Autopilot's own sessions is ended; it can be resumed. 0 for never.");

    public static IReadOnlyList<ConfigurationKey> All { get; } = [Memory, Disk, LongestWait, MemoryFloor];
}
