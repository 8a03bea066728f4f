namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>A system call that a program in the sandbox makes and that is looked at out here.</summary>
/// <param name="Name">As the manual calls it.</param>
/// <param name="X64">Its number on x86-64; null where that has none.</param>
/// <param name="Arm64">Its number on arm64; null where that has none.</param>
/// <param name="Kind">How it is judged.</param>
/// <param name="Path">Which argument is the path, or what else is judged.</param>
/// <param name="Folder">Which argument is the folder that a relative path starts from; null for the working folder.</param>
internal sealed record WatchedCall(string Name, int? X64, int? Arm64, WatchedKind Kind, int Path = 0, int? Folder = null)
{
    /// <summary>Whether it acts on the link itself where its path ends in one.</summary>
    public bool TakesLinks => Name is "mkdir" or "mkdirat" or "rmdir" or "unlink" or "unlinkat" or "rename" or "renameat" or "renameat2"
        or "link" or "linkat" or "symlink" or "symlinkat" or "lchown" or "mknod" or "mknodat";

    /// <summary>Whether ordinary programs do not make it, or not with the arguments that <see cref="CallFilter"/> looks for.</summary>
    public bool IsRare => Kind is WatchedKind.Forbidden or WatchedKind.Namespace or WatchedKind.Device or WatchedKind.Identity or WatchedKind.Owner or WatchedKind.Limit;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WatchedCall> All { get; } =
    [
        new("open", 2, null, WatchedKind.Open),
        new("openat", 257, 56, WatchedKind.Open, 1, 0),
        new("openat2", 437, 437, WatchedKind.OpenHow, 1, 0),
        new("creat", 85, null, WatchedKind.Change),
        new("truncate", 76, 45, WatchedKind.Change),
        new("mkdir", 83, null, WatchedKind.Change),
        new("mkdirat", 258, 34, WatchedKind.Change, 1, 0),
        new("rmdir", 84, null, WatchedKind.Change),
        new("unlink", 87, null, WatchedKind.Change),
        new("unlinkat", 263, 35, WatchedKind.Change, 1, 0),
        new("rename", 82, null, WatchedKind.Change),
        new("rename", 82, null, WatchedKind.Change, 1),
        new("renameat", 264, 38, WatchedKind.Change, 1, 0),
        new("renameat", 264, 38, WatchedKind.Change, 3, 2),
        new("renameat2", 316, 276, WatchedKind.Change, 1, 0),
        new("renameat2", 316, 276, WatchedKind.Change, 3, 2),
        new("link", 86, null, WatchedKind.Link),
        new("link", 86, null, WatchedKind.Change, 1),
        new("linkat", 265, 37, WatchedKind.Link, 1, 0),
        new("linkat", 265, 37, WatchedKind.Change, 3, 2),
        new("symlink", 88, null, WatchedKind.Change, 1),
        new("symlinkat", 266, 36, WatchedKind.Change, 2, 1),
        new("chmod", 90, null, WatchedKind.Change),
        new("fchmodat", 268, 53, WatchedKind.Change, 1, 0),
        new("fchmodat2", 452, 452, WatchedKind.Change, 1, 0),
        new("chown", 92, null, WatchedKind.Owner),
        new("lchown", 94, null, WatchedKind.Owner),
        new("fchownat", 260, 54, WatchedKind.Owner, 1, 0),
        new("mknod", 133, null, WatchedKind.Device),
        new("mknodat", 259, 33, WatchedKind.Device, 1, 0),
        new("mount", 165, 40, WatchedKind.Forbidden),
        new("umount2", 166, 39, WatchedKind.Forbidden),
        new("pivot_root", 155, 41, WatchedKind.Forbidden),
        new("chroot", 161, 51, WatchedKind.Forbidden),
        new("move_mount", 429, 429, WatchedKind.Forbidden),
        new("fsopen", 430, 430, WatchedKind.Forbidden),
        new("open_by_handle_at", 304, 265, WatchedKind.Forbidden),
        new("setns", 308, 268, WatchedKind.Forbidden),
        new("unshare", 272, 97, WatchedKind.Namespace),
        new("clone", 56, 220, WatchedKind.Namespace),
        new("sethostname", 170, 161, WatchedKind.Forbidden),
        new("setdomainname", 171, 162, WatchedKind.Forbidden),
        new("settimeofday", 164, 170, WatchedKind.Forbidden),
        new("clock_settime", 227, 112, WatchedKind.Forbidden),
        new("reboot", 169, 142, WatchedKind.Forbidden),
        new("init_module", 175, 105, WatchedKind.Forbidden),
        new("finit_module", 313, 273, WatchedKind.Forbidden),
        new("setuid", 105, 146, WatchedKind.Identity),
        new("setreuid", 113, 145, WatchedKind.Identity),
        new("setresuid", 117, 147, WatchedKind.Identity),
        new("kill", 62, 129, WatchedKind.Signal),
        new("connect", 42, 203, WatchedKind.Connect),
        new("prlimit64", 302, 261, WatchedKind.Limit),
    ];

    /// <summary>Its number on this machine; null where it has none.</summary>
    public int? Number => OperatingSystem.IsLinux() ? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => null,
    } : null;
}
