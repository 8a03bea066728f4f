using System.Net;
using System.Net.Sockets;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>What a sandbox refuses, by its policy; pure. Each answer is what was asked for, in words, or null where it is allowed.</summary>
internal sealed class CallJudge
{
    private const int WriteOnly = 1, ReadWrite = 2, Create = 0x40, Truncate = 0x200;
    private const int FileSizeLimit = 1;
    private const ulong Namespaces = 0x7E020080; // CLONE_NEW*
    private static readonly string[] temporary = ["/tmp", "/var/tmp", "/dev/shm"];
    private static readonly string[] devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/console"];
    private static readonly string[] deviceFolders = ["/dev/pts/", "/dev/fd/", "/proc/self/fd/"];

    // glibc asks for this daemon in every program; nobody means anything by it.
    private const string NameService = "/run/nscd";

    private readonly SandboxPolicy policy;
    private readonly (string Path, MountKind Kind)[] mounts;

    /// <param name="policy">The policy.</param>
    /// <param name="mounts">In the order in which they are mounted.</param>
    public CallJudge(SandboxPolicy policy, IEnumerable<SandboxMount> mounts)
    {
        this.policy = policy;
        // The deepest first: it is what holds.
        this.mounts = [.. mounts.Reverse().Select(mount => (mount.Path, mount.Kind))];
    }

    /// <summary>Whether flags of open ask for more than reading.</summary>
    public static bool Writes(long flags) => (flags & (WriteOnly | ReadWrite | Create | Truncate)) != 0;

    public static string? Device(string path, uint mode) => (mode & 0xF000) is 0x2000 or 0x6000 ? $"the device {path}" : null;

    public static string? Namespace(ulong flags) => (flags & Namespaces) != 0 ? "a namespace of its own" : null;

    public string? Read(string path)
    {
        var kind = KindOf(path, out var mount);
        return kind is MountKind.HiddenFile or MountKind.HiddenFolder ? $"{path}, which is hidden{(mount == path ? "" : $" with {mount}")}" : HiddenByNature(path);
    }

    public string? Change(string path)
    {
        if (temporary.Any(folder => IsIn(path, folder)) && KindOf(path, out _) is null or MountKind.Writable) return null;
        if (devices.Contains(path, StringComparer.Ordinal) || deviceFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))) return null;
        // What a process says with its open files goes where they go.
        if (path.StartsWith("/proc/", StringComparison.Ordinal) && path.Contains("/fd/", StringComparison.Ordinal)) return null;
        if (IsOwnName(path)) return null;
        return KindOf(path, out _) == MountKind.Writable ? null : $"a change of {path}, which is not writable";
    }

    public string? Connect(IPAddress address, int port)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // Programs ask this way which of their own addresses would be used, and send nothing.
        if (policy.Network.Everywhere || port == 0) return null;
        return IPAddress.IsLoopback(plain) && policy.Network.IsLimited ? null : $"{(plain.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{plain}]" : plain)}:{port}, which the network of the sandbox does not reach";
    }

    public string? ConnectToSocket(string path) => path.StartsWith('/') ? HiddenByNature(path.StartsWith("/var/run/", StringComparison.Ordinal) ? path["/var".Length..] : path) ?? Read(path) : null;

    public string? Limit(int resource, ulong wanted) =>
        resource == FileSizeLimit && policy.MaxFileBytes is { } most && wanted > (ulong)most ? "files larger than the limit" : null;

    private string? HiddenByNature(string path) =>
        path.StartsWith("/run/", StringComparison.Ordinal) && !path.StartsWith("/run/autopilot", StringComparison.Ordinal) && !path.StartsWith("/run/systemd", StringComparison.Ordinal)
            && !path.StartsWith(NameService, StringComparison.Ordinal) && KindOf(path, out _) is null
            ? $"{path}, which is of the host"
            : null;

    private MountKind? KindOf(string path, out string mount)
    {
        foreach (var (at, kind) in mounts)
        {
            if (!IsIn(path, at)) continue;
            mount = at;
            return kind;
        }

        mount = "";
        return null;
    }

    // A program names its threads (each .NET program does): of its own process that changes nothing else.
    private static bool IsOwnName(string path) => path.Split('/') is ["", "proc", "self" or "thread-self", "comm"] or ["", "proc", "self", "task", _, "comm"];

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
