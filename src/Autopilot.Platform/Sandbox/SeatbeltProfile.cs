using System.Globalization;
using System.Text;

namespace Autopilot.Platform.Sandbox;

/// <summary>The profile of macOS's sandbox-exec for a policy; pure.</summary>
public static class SeatbeltProfile
{
    /// <summary>The profile. In seatbelt the last matching rule holds, so rules for deeper paths come later.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="mounts">The paths that exist, with their links resolved.</param>
    /// <param name="ports">Of the loopback, that may be connected to where the network is not open.</param>
    public static string For(SandboxPolicy policy, IEnumerable<SandboxMount> mounts, IReadOnlyList<int>? ports = null)
    {
        var profile = new StringBuilder("""
            (version 1)
            (deny default)
            (allow process-exec process-fork)
            (allow signal (target same-sandbox))
            (allow sysctl-read)
            (allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))
            (allow file-read*)
            (allow file-write* (literal "/dev/null") (literal "/dev/tty") (subpath "/private/tmp"))

            """);
        if (policy.Network.Everywhere) profile.Append("(allow network*)\n(allow system-socket)\n");
        foreach (var port in ports ?? []) profile.Append(CultureInfo.InvariantCulture, $"(allow network-outbound (remote ip \"localhost:{port}\"))\n");
        foreach (var mount in BubblewrapArguments.Ordered(mounts)) profile.Append(Rules(mount));
        return profile.ToString();
    }

    private static string Rules(SandboxMount mount)
    {
        var path = $"(subpath {Quoted(mount.Path)})";
        return mount.Kind switch
        {
            MountKind.Writable => $"(allow file-read* file-write* {path})\n",
            MountKind.ReadOnly => $"(allow file-read* {path})\n(deny file-write* {path})\n",
            _ => $"(deny file-read* file-write* {path})\n",
        };
    }

    private static string Quoted(string path) => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
