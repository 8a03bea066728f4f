using System.Globalization;
using System.Text;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in the user's folder itself, without git: each state is kept as a list of files by the hash of their content.</summary>
public sealed class SnapshotLoopSpace : ILoopSpace
{
    /// <summary>File systems stamp in steps of some milliseconds: a file that was written as late may have been written again since.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromMilliseconds(100);

    private readonly string folder;
    private readonly TimeProvider clock;
    private readonly ArtefactFiles contents;
    private readonly InspectionCopy copy;
    private readonly FolderInUse use;
    private readonly Dictionary<string, (long Length, DateTime Written, string Hash)> known = new(StringComparer.Ordinal);
    private string? inspected;

    /// <param name="folder">The workspace.</param>
    /// <param name="home">The run's folder, for the snapshots and the copy that verifiers see.</param>
    public SnapshotLoopSpace(string folder, string home, TimeProvider clock)
    {
        this.folder = folder;
        this.clock = clock;
        contents = new ArtefactFiles(Path.Combine(home, "snapshots"));
        copy = new InspectionCopy(Path.Combine(home, "inspect"), folder, contents);
        use = new FolderInUse(folder, Path.Combine(folder, ".autopilot", "folder.lock"));
    }

    public string Place => folder;

    public Task<string> Begin(CancellationToken cancellation)
    {
        use.Take();
        return Snapshot(cancellation);
    }

    public Task<EnteredFolder> Enter(string point, CancellationToken cancellation)
    {
        use.Take();
        return Task.FromResult(new EnteredFolder(folder, IsNew: false));
    }

    public Task<string> Keep(string point, string turn, string message, CancellationToken cancellation)
    {
        use.Take();
        inspected = null;
        return Snapshot(cancellation);
    }

    public Task<string> Inspect(string point, CancellationToken cancellation)
    {
        if (inspected != point) copy.Bring(Files(point), cancellation);
        else if (copy.IsOpen) copy.Look(cancellation);
        inspected = point;
        return Task.FromResult(copy.Open());
    }

    public Task<IReadOnlyList<string>> Changes(CancellationToken cancellation) => Task.FromResult(copy.Look(cancellation));

    public void Forget() => inspected = null;

    public Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        // Whoever inspected may have changed what is there, and the next state may have the same name.
        inspected = null;
        return Task.FromResult(point);
    }

    public Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation)
    {
        var (before, after) = (Files(from), Files(to));
        var lines = before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(path =>
            !before.TryGetValue(path, out var old) ? $"A {path}" : !after.TryGetValue(path, out var now) ? $"D {path}" : old.Hash == now.Hash ? null : $"M {path}");
        var text = string.Join('\n', lines.OfType<string>());
        return Task.FromResult(text.Length <= maxLength ? text : text[..maxLength] + "\n[cut]");
    }

    public Task Publish(string point, CancellationToken cancellation) => Task.CompletedTask;

    public Task Leave(string point, CancellationToken cancellation)
    {
        copy.Remove();
        LoopMaterials.Remove(folder);
        return Task.CompletedTask;
    }

    public void Dispose() => use.Dispose();

    private Task<string> Snapshot(CancellationToken cancellation)
    {
        var list = new StringBuilder();
        foreach (var path in Walk(folder).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var file = new FileInfo(Path.Combine(folder, path));
            list.Append(CultureInfo.InvariantCulture, $"{HashOf(path, file)} {file.Length} {path.Replace('\\', '/')}\n");
        }

        var point = contents.Put(list.ToString());
        return Task.FromResult($"{point.Hash}:{point.Length}");
    }

    private string HashOf(string path, FileInfo file)
    {
        if (known.TryGetValue(path, out var last) && last.Length == file.Length && last.Written == file.LastWriteTimeUtc) return last.Hash;
        var isSettled = file.LastWriteTimeUtc < clock.GetUtcNow().UtcDateTime - ClockStep;
        var hash = contents.Put(File.ReadAllBytes(file.FullName)).Hash;
        if (isSettled) known[path] = (file.Length, file.LastWriteTimeUtc, hash);
        else known.Remove(path);
        return hash;
    }

    private Dictionary<string, Artefact> Files(string point)
    {
        var colon = point.IndexOf(':', StringComparison.Ordinal);
        var list = contents.ReadText(new Artefact(point[..colon], long.Parse(point[(colon + 1)..], CultureInfo.InvariantCulture)));
        return list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 3))
            .ToDictionary(p => p[2], p => new Artefact(p[0], long.Parse(p[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Walk(string root)
    {
        var open = new Stack<string>([root]);
        while (open.TryPop(out var at))
        {
            foreach (var entry in new DirectoryInfo(at).EnumerateFileSystemInfos())
            {
                if (entry.Name is ".git" || CacheFiles.Has(entry.Name) || entry.LinkTarget is not null) continue;
                if (entry is DirectoryInfo) open.Push(entry.FullName);
                else yield return Path.GetRelativePath(root, entry.FullName);
            }
        }
    }
}
