using System.Globalization;
using Autopilot.Core.Network;

namespace Autopilot.Platform.Sandbox;

/// <summary>The command line of bubblewrap for a policy; pure.</summary>
public static class BubblewrapArguments
{
    /// <summary>A file that exists only in the sandbox, and cannot be removed there: whoever sees it is an agent.</summary>
    public const string MarkerFile = "/run/autopilot/session";

    /// <summary>Where the door is inside, see <see cref="SandboxDoor"/>.</summary>
    public const string DoorFile = "/run/autopilot/door";

    /// <summary>Everything in front of the program.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="mounts">The paths that exist, with their links resolved.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="door">The socket to the host; null for none.</param>
    /// <param name="decoy">What stands in the place of a hidden path; null where nothing does and it is only empty.</param>
    public static IReadOnlyList<string> For(SandboxPolicy policy, IEnumerable<SandboxMount> mounts, string folder, string? door = null, Func<string, string?>? decoy = null)
    {
        var ordered = Ordered(mounts);
        return
        [
            .. Isolation(policy.Network),
            .. System(policy.TemporaryBytes),
            .. door is null ? [] : new[] { "--ro-bind", door, DoorFile },
            .. ordered.SelectMany(mount => Mount(mount, decoy?.Invoke(mount.Path))),
            // Only now: a folder shown inside a hidden one needs its mount point made there.
            .. ordered.Where(mount => mount.Kind == MountKind.HiddenFolder).SelectMany(mount => new[] { "--remount-ro", mount.Path }),
            // A program that runs as root outside owns the kernel's settings inside too, with no capability at all.
            "--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/run",
            "--chdir", folder,
            "--",
        ];
    }

    /// <summary>Parents before what lies in them, and of two for one path the stricter.</summary>
    public static IReadOnlyList<SandboxMount> Ordered(IEnumerable<SandboxMount> mounts) =>
    [
        .. mounts.GroupBy(mount => mount.Path, StringComparer.Ordinal)
            .Select(group => group.MaxBy(mount => mount.Kind)!)
            .OrderBy(mount => mount.Path.TrimEnd('/').Count(c => c == '/'))
            .ThenBy(mount => mount.Path, StringComparer.Ordinal),
    ];

    // A user namespace without capabilities that allows no further one: set-uid programs and mount have no power in it.
    private static IEnumerable<string> Isolation(NetworkAccess network) =>
    [
        "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--unshare-pid", "--as-pid-1", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        .. network.Everywhere ? [] : new[] { "--unshare-net" },
        "--new-session", "--die-with-parent",
    ];

    // /run holds the sockets of the host: session bus, containers, agents for keys. Only name resolution comes back.
    private static IEnumerable<string> System(long temporaryBytes)
    {
        var size = temporaryBytes.ToString(CultureInfo.InvariantCulture);
        return
        [
            "--ro-bind", "/", "/", "--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm", "--proc", "/proc",
            "--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", "/var/tmp", "--tmpfs", "/run",
            "--ro-bind-try", "/run/systemd/resolve", "/run/systemd/resolve",
            "--dir", "/run/autopilot", "--ro-bind", "/dev/null", MarkerFile,
        ];
    }

    private static IEnumerable<string> Mount(SandboxMount mount, string? decoy) => mount.Kind switch
    {
        MountKind.Writable => ["--bind", mount.Path, mount.Path],
        MountKind.ReadOnly => ["--ro-bind", mount.Path, mount.Path],
        MountKind.HiddenFile => ["--ro-bind", decoy ?? "/dev/null", mount.Path],
        _ when decoy is not null => ["--bind", decoy, mount.Path],
        _ => ["--tmpfs", mount.Path],
    };
}
