using System.IO.Enumeration;

namespace Autopilot.Platform.Files;

/// <summary>What is below a folder.</summary>
public static class FolderTree
{
    private static readonly EnumerationOptions Open = new() { AttributesToSkip = FileAttributes.None };
    private static readonly EnumerationOptions Tolerant = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>All entries, each folder before what is in it; links are not followed.</summary>
    /// <param name="skips">Asked for the path of each entry: whether it, and what is below it, is left out.</param>
    /// <param name="ignoreClosed">Whether folders that may not be read count as empty.</param>
    /// <returns>Paths relative to the folder, with forward slashes.</returns>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IEnumerable<(string Path, FileStamp Stamp)> Walk(string folder, Func<string, bool> skips, bool ignoreClosed = false)
    {
        var open = new Stack<string>([""]);
        while (open.TryPop(out var at))
        {
            foreach (var name in new FileSystemEnumerable<string>(Path.Combine(folder, at), (ref FileSystemEntry entry) => entry.FileName.ToString(), ignoreClosed ? Tolerant : Open))
            {
                var path = at.Length == 0 ? name : $"{at}/{name}";
                if (skips(path)) continue;
                // Gone since its name was read.
                if (FileStamp.Of(Path.Combine(folder, path)) is not { } stamp) continue;
                yield return (path, stamp);
                if (stamp.Kind == FileKind.Folder) open.Push(path);
            }
        }
    }
}
