using System.Globalization;
using System.Text;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in the user's folder itself, without git: each state is kept as a list of files by the hash of their content.</summary>
public sealed class SnapshotLoopSpace : ILoopSpace
{
    private readonly string folder;
    private readonly TimeProvider clock;
    private readonly ArtefactFiles contents;
    private readonly InspectionCopy copy;
    private readonly FolderInUse use;
    private Dictionary<string, (FileStamp Stamp, Artefact? Content)> known = new(StringComparer.Ordinal);
    private string? inspected;

    /// <param name="folder">The workspace.</param>
    /// <param name="home">The run's folder, for the snapshots and the copy that verifiers see.</param>
    public SnapshotLoopSpace(string folder, string home, TimeProvider clock)
    {
        this.folder = folder;
        this.clock = clock;
        contents = new ArtefactFiles(Path.Combine(home, "snapshots"));
        copy = new InspectionCopy(Path.Combine(home, "inspect"), ModeOf, contents, clock);
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
        var now = clock.GetUtcNow();
        var list = new StringBuilder();
        var found = new Dictionary<string, (FileStamp, Artefact?)>(StringComparer.Ordinal);
        using var batch = new AtomicBatch();
        foreach (var (path, stamp) in FolderTree.Walk(folder, CacheFiles.HoldsNoWork).Where(e => e.Stamp.Kind == FileKind.File).OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var content = Known(path, stamp) ?? contents.Put(File.ReadAllBytes(Path.Combine(folder, path)), batch);
            // Of one that is not settled the same stamp says nothing later.
            found[path] = (stamp, stamp.IsSettled(now) ? content : null);
            list.Append(CultureInfo.InvariantCulture, $"{content.Hash} {content.Length} {path}\n");
        }

        var point = contents.Put(list.ToString(), batch);
        batch.Complete();
        known = found;
        return Task.FromResult($"{point.Hash}:{point.Length}");
    }

    private Artefact? Known(string path, FileStamp stamp) => known.TryGetValue(path, out var last) && last.Stamp == stamp ? last.Content : null;

    private UnixFileMode? ModeOf(string path) => known.TryGetValue(path, out var last) ? last.Stamp.Mode : FileStamp.Of(Path.Combine(folder, path))?.Mode;

    private Dictionary<string, Artefact> Files(string point)
    {
        var colon = point.IndexOf(':', StringComparison.Ordinal);
        var list = contents.ReadText(new Artefact(point[..colon], long.Parse(point[(colon + 1)..], CultureInfo.InvariantCulture)));
        return list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 3))
            .ToDictionary(p => p[2], p => new Artefact(p[0], long.Parse(p[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal);
    }
}
