namespace Autopilot.Platform.Files;

/// <summary>
/// Replaces several files as <see cref="AtomicFile"/> does one, and waits for the disk once all are written: what the disk is told for one of
/// them mostly makes the others durable as well.
/// </summary>
public sealed class AtomicBatch : IDisposable
{
    private readonly List<(string Temporary, string Target)> pending = [];
    private readonly HashSet<string> targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> entered = new(StringComparer.Ordinal);

    /// <summary>Whether a file is to be replaced by <see cref="Complete"/>.</summary>
    public bool Has(string path) => targets.Contains(Path.GetFullPath(path));

    /// <summary>Writes what a file will have, readable by its owner only, creating its folder where absent.</summary>
    public void Add(string path, ReadOnlySpan<byte> content)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        entered.UnionWith(Entered(folder));
        PrivateFolder.Create(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        pending.Add((temporary, target));
        targets.Add(target);
        using var stream = new FileStream(temporary, CreatePrivate());
        stream.Write(content);
    }

    /// <summary>Puts all in their places; they are durable when this returns.</summary>
    public void Complete()
    {
        foreach (var (temporary, _) in pending) Sync(temporary);
        foreach (var (temporary, target) in pending) File.Move(temporary, target, overwrite: true);
        pending.Clear();
        foreach (var folder in entered) Posix.SyncFolder(folder);
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _) in pending) File.Delete(temporary);
    }

    private static void Sync(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>The folders that get an entry when a file is made in one: that one, and where it is to be made itself, the one above, and so on.</summary>
    internal static IReadOnlyList<string> Entered(string folder)
    {
        List<string> folders = [folder];
        while (!Directory.Exists(folders[^1]) && Path.GetDirectoryName(folders[^1]) is { } above) folders.Add(above);
        return folders;
    }

    private static FileStreamOptions CreatePrivate()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFolder.FileMode;
        return options;
    }
}
