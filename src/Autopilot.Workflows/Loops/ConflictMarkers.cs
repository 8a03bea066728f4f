using Autopilot.Core.Verification;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops;

/// <summary>Looks for what a merge in conflict left in files. That none is left is a fact, whatever a producer says.</summary>
internal static class ConflictMarkers
{
    private const string Name = "conflict-markers";

    public static VerificationReport None { get; } = new([new NodeResult(Name, true, 1, 0, null, TimeSpan.Zero, null, "")]);

    /// <param name="folder">The workspace.</param>
    /// <param name="below">Where it is in the repository.</param>
    /// <param name="files">Those that were in conflict, relative to the repository.</param>
    /// <returns>A report that has not passed; null when there are no markers.</returns>
    public static VerificationReport? In(string folder, string below, IReadOnlyList<string> files)
    {
        var left = files.Where(f => HasMarkers(Path.GetFullPath(Path.GetRelativePath("/" + below, "/" + f), folder))).ToList();
        return left.Count == 0 ? null : new VerificationReport([new NodeResult(Name, true, 1, 1, null, TimeSpan.Zero, null, $"Conflict markers are left in {string.Join(", ", left)}.")]);
    }

    private static bool HasMarkers(string path)
    {
        using var file = RegularFile.Open(path);
        if (file is null) return false;
        using var text = new StreamReader(new FileStream(file, FileAccess.Read));
        while (text.ReadLine() is { } line)
            if (line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal)) return true;
        return false;
    }
}
