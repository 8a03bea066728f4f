using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>
/// A copy of a state, in which readers work. What somebody changed there is told by the whole content of every file that the file system
/// does not vouch for; so only what differs between two states has to be written.
/// </summary>
/// <param name="folder">The copy.</param>
/// <param name="modeOf">The mode that a file has in the user's folder; null where it is not there any more.</param>
internal sealed class InspectionCopy(string folder, Func<string, UnixFileMode?> modeOf, ArtefactFiles contents, TimeProvider clock)
{
    /// <summary>Hashes of files by stamps that no later content can have.</summary>
    private Dictionary<string, (FileStamp Stamp, string Hash)> read = new(StringComparer.Ordinal);

    private readonly Dictionary<string, UnixFileMode> modes = new(StringComparer.Ordinal);
    private Dictionary<string, string> wanted = new(StringComparer.Ordinal);
    private Dictionary<string, string> there = new(StringComparer.Ordinal);
    private List<string> leftovers = [];

    /// <summary>Somebody may have worked there since it was last looked at; at first, an earlier process.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Brings the copy to a state.</summary>
    public void Bring(IReadOnlyDictionary<string, Artefact> files, CancellationToken cancellation)
    {
        if (IsOpen || !IsSame(there, wanted)) Remove();
        Directory.CreateDirectory(folder);
        foreach (var path in leftovers.Concat(there.Keys.Where(p => !files.ContainsKey(p))).Concat(FoldersOf(there.Keys).Except(FoldersOf(files.Keys), StringComparer.Ordinal))) Delete(path);
        leftovers = [];
        foreach (var (path, artefact) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (there.GetValueOrDefault(path) != artefact.Hash) Write(path, contents.Read(artefact));
            if (modeOf(path) is { } mode && !(modes.TryGetValue(path, out var has) && has == mode)) TakeMode(path, mode);
        }

        wanted = files.ToDictionary(f => f.Key, f => f.Value.Hash, StringComparer.Ordinal);
        there = wanted;
        IsOpen = false;
    }

    /// <summary>Gives it to somebody.</summary>
    public string Open()
    {
        IsOpen = true;
        return folder;
    }

    /// <summary>Looks at all that is there.</summary>
    /// <returns>What was changed since the last look, sorted; not caches and the like.</returns>
    public IReadOnlyList<string> Look(CancellationToken cancellation)
    {
        var before = there;
        there = Walk(cancellation);
        IsOpen = false;
        return [.. before.Keys.Union(there.Keys, StringComparer.Ordinal).Where(p => before.GetValueOrDefault(p) != there.GetValueOrDefault(p)).Order(StringComparer.Ordinal)];
    }

    public void Remove()
    {
        there = new Dictionary<string, string>(StringComparer.Ordinal);
        leftovers = [];
        modes.Clear();
        IsOpen = true;
        if (!Directory.Exists(folder)) return;
        WriteProtection.Lift(folder);
        Directory.Delete(folder, recursive: true);
    }

    private Dictionary<string, string> Walk(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var settled = new Dictionary<string, (FileStamp, string)>(StringComparer.Ordinal);
        var folders = new List<string>();
        leftovers = [];
        modes.Clear();
        foreach (var (path, stamp) in FolderTree.Walk(folder, IsLeftOver, ignoreClosed: true))
        {
            cancellation.ThrowIfCancellationRequested();
            switch (stamp.Kind)
            {
                case FileKind.Folder: folders.Add(path); break;
                case FileKind.Link: found[path] = "link " + new FileInfo(Path.Combine(folder, path)).LinkTarget; break;
                case FileKind.File:
                    found[path] = HashOf(path, stamp);
                    // Without the time of the last change a stamp is easily put back.
                    if (stamp.Changed != 0 && stamp.IsSettled(now)) settled[path] = (stamp, found[path]);
                    modes[path] = stamp.Mode;
                    break;
                default: found[path] = "no file"; break;
            }
        }

        leftovers.AddRange(folders.Except(FoldersOf(found.Keys), StringComparer.Ordinal));
        read = settled;
        return found;
    }

    /// <summary>Whoever closed it to us has changed it.</summary>
    private string HashOf(string path, FileStamp stamp) =>
        read.TryGetValue(path, out var last) && last.Stamp == stamp ? last.Hash : ContentHash.Of(Path.Combine(folder, path)) ?? "closed";

    private bool IsLeftOver(string path)
    {
        if (!CacheFiles.HoldsNoWork(path)) return false;
        leftovers.Add(path);
        return true;
    }

    private void Write(string path, byte[] content)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, content);
        modes.Remove(path);
    }

    private void TakeMode(string path, UnixFileMode mode)
    {
        modes[path] = mode;
        var target = Path.Combine(folder, path);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(target) != mode) File.SetUnixFileMode(target, mode);
    }

    private void Delete(string path)
    {
        var entry = new FileInfo(Path.Combine(folder, path));
        if (entry.LinkTarget is not null || entry.Exists) entry.Delete();
        else if (Directory.Exists(entry.FullName)) Directory.Delete(entry.FullName, recursive: true);
    }

    private static bool IsSame(Dictionary<string, string> one, Dictionary<string, string> other) =>
        ReferenceEquals(one, other) || (one.Count == other.Count && one.All(f => other.GetValueOrDefault(f.Key) == f.Value));

    private static HashSet<string> FoldersOf(IEnumerable<string> paths)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
            for (var at = path.LastIndexOf('/'); at > 0 && folders.Add(path[..at]); at = path.LastIndexOf('/', at - 1)) { }
        return folders;
    }
}
