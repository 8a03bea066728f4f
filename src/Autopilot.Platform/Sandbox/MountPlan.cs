namespace Autopilot.Platform.Sandbox;

/// <summary>Turns a policy into mounts of paths that exist.</summary>
internal static class MountPlan
{
    // Gone with all of /run; but whoever looks for the user's sockets looks here, and is noticed.
    private const string Sockets = "/run/user";

    // What a workspace protects, or would if it were there.
    private static readonly string[] Protected = [".git", ".git/config", ".git/hooks", "autopilot.yaml", "autopilot.yml", ".autopilot"];

    /// <summary>What of a policy is hidden or read-only by name. The workspace is not, even where nothing in it may be written.</summary>
    public static IReadOnlyList<string> Guarded(SandboxPolicy policy)
    {
        var workspace = Real(policy.Workspace);
        return [.. For(policy).Where(mount => mount.Kind != MountKind.Writable).Select(mount => mount.Path).Where(path => path != "/" && path != workspace).Concat(Protected.Select(name => Path.Combine(workspace, name))).Distinct(StringComparer.Ordinal)];
    }

    public static IReadOnlyList<SandboxMount> For(SandboxPolicy policy) =>
    [
        .. policy.Hidden.Where(Path.Exists).Select(Hidden),
        .. OperatingSystem.IsLinux() ? [new SandboxMount(Sockets, MountKind.HiddenFolder)] : Array.Empty<SandboxMount>(),
        .. Entry(policy),
        .. policy.Readable.Where(Path.Exists).Select(path => new SandboxMount(Real(path), MountKind.ReadOnly)),
        .. policy.Writable.Select(path => new SandboxMount(Real(path), MountKind.Writable)),
        .. Workspace(Real(policy.Workspace)).Select(mount => policy.WorkspaceIsReadOnly ? mount with { Kind = MountKind.ReadOnly } : mount),
    ];

    // The folders that the sandbox replaces by empty ones; a program that lies there must be shown.
    private static IEnumerable<SandboxMount> Entry(SandboxPolicy policy) =>
        policy.Entry is { } entry && Path.GetDirectoryName(Real(entry)) is { } folder && (folder + "/" is var place)
            && (place.StartsWith("/tmp/", StringComparison.Ordinal) || place.StartsWith("/var/tmp/", StringComparison.Ordinal) || place.StartsWith("/run/", StringComparison.Ordinal))
            ? [new SandboxMount(folder, MountKind.ReadOnly)]
            : [];

    private static IEnumerable<SandboxMount> Workspace(string folder) => [new(folder, MountKind.Writable), .. RepositoryMetadata.MountsFor(folder)];

    // The target of a link is hidden, not the link: elsewhere it would still be readable.
    private static SandboxMount Hidden(string path) => new(Real(path), Directory.Exists(path) ? MountKind.HiddenFolder : MountKind.HiddenFile);

    /// <summary>The path with the links in each of its folders resolved.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path).TrimEnd('/');
        var parent = Path.GetDirectoryName(full);
        if (parent is null or "/") return Target(full);
        return Target(Path.Combine(Real(parent), Path.GetFileName(full)));
    }

    private static string Target(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : path;
    }
}
