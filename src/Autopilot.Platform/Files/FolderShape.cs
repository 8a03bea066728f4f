using System.IO.Enumeration;

namespace Autopilot.Platform.Files;

/// <summary>
/// Tells whether an entry was added to a tree of folders or taken from it, from the folders alone: each has a time of its last change that no
/// program can put back, and is read again only where that is another.
/// </summary>
/// <param name="root">The folder; links below it are not followed.</param>
/// <param name="skips">Whether an entry of this name, and what is below it, does not count.</param>
/// <param name="marker">The name of files of which any change counts.</param>
public sealed class FolderShape(string root, Func<string, bool> skips, string marker, TimeProvider clock)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None };

    private Dictionary<string, Noted> noted = new(StringComparer.Ordinal);

    public string Root => root;

    /// <summary>Notes how it is now.</summary>
    /// <returns>Whether the markers are as they were when it was noted last.</returns>
    public bool Note()
    {
        var now = clock.GetUtcNow();
        var found = new Dictionary<string, Noted>(StringComparer.Ordinal);
        var open = new Stack<string>([""]);
        while (open.TryPop(out var at))
        {
            if (FileStamp.Of(PathOf(at)) is not { Kind: FileKind.Folder } stamp) continue;
            found[at] = noted.TryGetValue(at, out var known) && known.Holds(stamp) ? known : Read(at, stamp, now);
            foreach (var inner in found[at].Folders) open.Push(inner);
        }

        var isSame = noted.Count > 0 && Markers(noted).SetEquals(Markers(found));
        noted = found;
        return isSame;
    }

    /// <summary>Whether nothing was added or taken since it was noted; false where the system does not tell.</summary>
    public bool IsAsNoted()
    {
        var now = clock.GetUtcNow();
        return noted.Count > 0 && noted.All(n => IsAsNoted(n.Key, n.Value, now));
    }

    private bool IsAsNoted(string path, Noted last, DateTimeOffset now) =>
        FileStamp.Of(PathOf(path)) is { Kind: FileKind.Folder, Changed: not 0 } stamp && (last.Holds(stamp) || Read(path, stamp, now).Entries.AsSpan().SequenceEqual(last.Entries));

    private Noted Read(string at, FileStamp stamp, DateTimeOffset now)
    {
        var (entries, folders) = (new List<string>(), new List<string>());
        FileStamp? mark = null;
        foreach (var (name, isFolder) in new FileSystemEnumerable<(string, bool)>(PathOf(at), (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), All))
        {
            if (skips(name)) continue;
            var path = at.Length == 0 ? name : $"{at}/{name}";
            var isReal = isFolder && FileStamp.Of(PathOf(path)) is { Kind: FileKind.Folder };
            if (isReal) folders.Add(path);
            entries.Add(isReal ? name + "/" : name);
            if (name == marker) mark = FileStamp.Of(PathOf(path));
        }

        entries.Sort(StringComparer.Ordinal);
        return new Noted(stamp, stamp.IsSettled(now), [.. entries], [.. folders], mark);
    }

    private string PathOf(string path) => Path.Combine(root, path);

    private static HashSet<(string, FileStamp)> Markers(Dictionary<string, Noted> folders) =>
        [.. folders.Where(f => f.Value.Marker is not null).Select(f => (f.Key, f.Value.Marker!.Value))];

    /// <param name="Entries">Sorted; those that are folders end in a slash.</param>
    /// <param name="Folders">Their paths.</param>
    private sealed record Noted(FileStamp Stamp, bool IsSettled, string[] Entries, string[] Folders, FileStamp? Marker)
    {
        /// <summary>Whether what was read is still so.</summary>
        public bool Holds(FileStamp stamp) => IsSettled && stamp == Stamp;
    }
}
