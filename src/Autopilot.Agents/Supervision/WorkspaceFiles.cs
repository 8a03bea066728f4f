using System.IO.Enumeration;
using System.Security.Cryptography;
using Autopilot.Platform.Files;

namespace Autopilot.Agents.Supervision;

/// <summary>The files of a folder by path, size and time, without git's own and without links.</summary>
internal static class WorkspaceFiles
{
    /// <summary>A folder with more files than this is not observed.</summary>
    public const int Most = 200_000;

    /// <summary>Relative paths with forward slashes; null when there are too many or the folder cannot be read.</summary>
    public static Dictionary<string, FileState>? List(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var files = new FileSystemEnumerable<(string Path, FileState State)>(
            root,
            (ref FileSystemEntry entry) => (entry.ToFullPath()[(root.Length + 1)..].Replace('\\', '/'), new FileState(entry.Length, entry.LastWriteTimeUtc.UtcTicks)),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.FileName.SequenceEqual(".git") && !entry.FileName.SequenceEqual(".autopilot"),
        };
        var result = new Dictionary<string, FileState>(StringComparer.Ordinal);
        foreach (var (path, state) in files)
        {
            if (result.Count >= Most) return null;
            result[path] = state;
        }
        return result;
    }

    /// <summary>A digest of the content; empty when the file is gone, closed to us, or none that can be read to an end.</summary>
    public static byte[] Digest(string folder, string path)
    {
        try
        {
            using var file = RegularFile.Open(Path.Combine(folder, path));
            if (file is null) return [];
            using var content = new FileStream(file, FileAccess.Read);
            return SHA256.HashData(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
