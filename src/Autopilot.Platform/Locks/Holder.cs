using System.Diagnostics;
using System.Globalization;

namespace Autopilot.Platform.Locks;

/// <summary>A process, told apart from any later one that gets the same number.</summary>
/// <param name="StartedAt">When it started, in a form that only comparison understands.</param>
public sealed record Holder(int Pid, string StartedAt, string Host)
{
    /// <summary>This process.</summary>
    public static Holder Current { get; } =
        new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? "", Environment.MachineName);

    /// <summary>True when it certainly no longer runs. A process of another host is never known to be dead.</summary>
    public bool IsDead => this != Current && Host == Environment.MachineName && StartOf(Pid) != StartedAt;

    public override string ToString() => $"process {Pid} on {Host}";

    private static string? StartOf(int pid) => OperatingSystem.IsLinux() ? StartOnLinux(pid) : StartElsewhere(pid);

    /// <summary>The boot's id and field 22 of /proc/PID/stat (proc(5)): ticks since boot.</summary>
    private static string? StartOnLinux(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may hold spaces and parentheses itself.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var isZombie = fields[0] is "Z" or "X";
            return isZombie ? null : File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + ":" + fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? StartElsewhere(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
