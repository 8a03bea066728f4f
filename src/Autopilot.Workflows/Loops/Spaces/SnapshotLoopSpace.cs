using System.Globalization;
using System.Text;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in the user's folder itself, without git: each state is kept as a list of files by the hash of their content.</summary>
/// <param name="folder">The workspace.</param>
/// <param name="home">The run's folder, for the snapshots and the copy that verifiers see.</param>
public sealed class SnapshotLoopSpace(string folder, string home) : ILoopSpace
{
    private readonly ArtefactFiles contents = new(Path.Combine(home, "snapshots"));
    private readonly Dictionary<string, (long Length, DateTime Written, string Hash)> known = new(StringComparer.Ordinal);
    private readonly FolderInUse use = new(folder, Path.Combine(folder, ".autopilot", "folder.lock"));
    private string? inspected;

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

    public async Task<string> Inspect(string point, CancellationToken cancellation)
    {
        var copy = Path.Combine(home, "inspect");
        if (inspected == point) return copy;
        RemoveCopy();
        Directory.CreateDirectory(copy);
        foreach (var (path, artefact) in Files(point))
        {
            cancellation.ThrowIfCancellationRequested();
            var target = Path.Combine(copy, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, contents.Read(artefact), cancellation);
            var source = Path.Combine(folder, path);
            if (!OperatingSystem.IsWindows() && File.Exists(source)) File.SetUnixFileMode(target, File.GetUnixFileMode(source));
        }

        inspected = point;
        return copy;
    }

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
        RemoveCopy();
        LoopMaterials.Remove(folder);
        return Task.CompletedTask;
    }

    public void Dispose() => use.Dispose();

    private void RemoveCopy()
    {
        var copy = Path.Combine(home, "inspect");
        if (!Directory.Exists(copy)) return;
        WriteProtection.Lift(copy);
        Directory.Delete(copy, recursive: true);
    }

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
        var hash = contents.Put(File.ReadAllBytes(file.FullName)).Hash;
        known[path] = (file.Length, file.LastWriteTimeUtc, hash);
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
