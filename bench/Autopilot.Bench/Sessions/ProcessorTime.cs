namespace Autopilot.Bench.Sessions;

/// <summary>Processor time of this program and of what it started.</summary>
internal static class ProcessorTime
{
    /// <summary>Of both together.</summary>
    public static TimeSpan OfAll() => Environment.CpuUsage.TotalTime + OfEndedChildren();

    // Fields 16 and 17 of stat: what ended children used, in ticks of 10 ms.
    public static TimeSpan OfEndedChildren()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return TimeSpan.FromMilliseconds(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[13..15].Sum(long.Parse) * 10.0);
    }
}
