using System.Text;

using Autopilot.Core.Agents;
using Autopilot.Platform.Files;

namespace Autopilot.Agents.Supervision;

/// <summary>Gives file changes their path within the workspace and, where the agent does not tell it, their new text: so that a recording can be replayed.</summary>
internal sealed class FileContents(string workspace)
{
    private const int LongestFile = 512 * 1024;
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(workspace));
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>The event as it is recorded; anything but a file change as it came.</summary>
    public AgentEvent Complete(AgentEvent value)
    {
        if (value is not FileChanged change || Inside(change.Path) is not { } relative) return value;
        var content = change.Content ?? (change.Change == "delete" ? null : Read(relative));
        seen[relative] = Mark(content);
        return new FileChanged(relative, change.Change, content);
    }

    /// <summary>The change as the workspace shows it at the end; null when the agent has told exactly that.</summary>
    public FileChanged? Unseen(FileDifference difference)
    {
        var content = difference.Change == "delete" ? null : Read(difference.Path);
        return seen.TryGetValue(difference.Path, out var mark) && mark == Mark(content) ? null : new(difference.Path, difference.Change, content);
    }

    private string? Inside(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.GetFullPath(path, root);
        return full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full[(root.Length + 1)..].Replace('\\', '/') : null;
    }

    /// <summary>Only of a text that really lies in the workspace: a link may lead to what no recording should hold, and a pipe has no end.</summary>
    private string? Read(string relative)
    {
        try
        {
            return RegularFile.ReadBelow(root, relative, LongestFile) is { } content ? strict.GetString(content) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return null; // gone again, closed to us, or not a text: the change is recorded without its content
        }
    }

    private static int Mark(string? content) => content is null ? 0 : string.GetHashCode(content, StringComparison.Ordinal);
}
