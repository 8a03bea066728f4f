using System.Security.Cryptography;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>
/// A copy of a state, in which readers work. What somebody changed there is told by the whole content of every file, for sizes and times
/// are easily put back; so only what differs between two states has to be written.
/// </summary>
/// <param name="folder">The copy.</param>
/// <param name="source">The folder of the user's, whose file modes the copy has.</param>
internal sealed class InspectionCopy(string folder, string source, ArtefactFiles contents)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

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
            TakeMode(path);
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
        IsOpen = true;
        if (!Directory.Exists(folder)) return;
        WriteProtection.Lift(folder);
        Directory.Delete(folder, recursive: true);
    }

    private Dictionary<string, string> Walk(CancellationToken cancellation)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var folders = new List<string>();
        leftovers = [];
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (open.TryPop(out var at))
        {
            foreach (var entry in at.EnumerateFileSystemInfos("*", Everything))
            {
                cancellation.ThrowIfCancellationRequested();
                var path = Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/');
                if (entry.Name is ".git" || CacheFiles.Has(entry.Name)) leftovers.Add(path);
                else if (entry.LinkTarget is { } target) found[path] = "link " + target;
                else if (entry is DirectoryInfo inner)
                {
                    folders.Add(path);
                    open.Push(inner);
                }
                else found[path] = HashOf(entry.FullName);
            }
        }

        leftovers.AddRange(folders.Except(FoldersOf(found.Keys), StringComparer.Ordinal));
        return found;
    }

    private static string HashOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (UnauthorizedAccessException)
        {
            // Whoever closed it to us has changed it.
            return "closed";
        }
    }

    private void Write(string path, byte[] content)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, content);
    }

    private void TakeMode(string path)
    {
        var (from, to) = (Path.Combine(source, path), Path.Combine(folder, path));
        if (!OperatingSystem.IsWindows() && File.Exists(from) && File.GetUnixFileMode(from) is var mode && File.GetUnixFileMode(to) != mode) File.SetUnixFileMode(to, mode);
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
