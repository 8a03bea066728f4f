using Autopilot.Core.Loops.Ledger;

namespace Autopilot.Workflows.Loops;

/// <summary>The folder <c>.autopilot/loop</c> in a workspace, through which agents read what is known and leave their artefacts. It is never committed.</summary>
internal static class LoopMaterials
{
    public const string Folder = ".autopilot/loop";

    /// <summary>So much of one artefact is kept, in bytes.</summary>
    private const int LargestArtifact = 1024 * 1024;

    /// <summary>Writes what is known. What an interrupted producer already left of its own stays.</summary>
    public static void Write(string workspace, LoopRecord record, PairPlace place, string? evidence)
    {
        Put(workspace, "request.md", record.Request);
        Put(workspace, "decisions.md", LedgerText.Markdown(record.Ledger));
        Put(workspace, "criteria.md", CriteriaText.Of(place, record.Reviews.TryGetValue(place.Folder, out var review) ? review.Report : null));
        Put(workspace, "feedback.md", record.FeedbackOf(place.Folder));
        if (place.Phase is not null) Put(workspace, "phase.md", CriteriaText.Of(place.Phase));
        if (evidence is not null) Put(workspace, "evidence.md", evidence);
        foreach (var (path, content) in record.Artifacts)
            if (!(path.StartsWith(place.Folder + "/", StringComparison.Ordinal) && File.Exists(PathOf(workspace, "artifacts/" + path)))) Put(workspace, "artifacts/" + path, content);
    }

    /// <summary>Puts the record's version of a pair's artefacts, for readers.</summary>
    public static void Refresh(string workspace, LoopRecord record)
    {
        foreach (var (path, content) in record.Artifacts) Put(workspace, "artifacts/" + path, content);
    }

    /// <summary>The artefacts that a producer left, by name.</summary>
    public static Dictionary<string, string> Collect(string workspace, PairPlace place) => place.Pair.Artifacts
        .Select(name => (name, path: PathOf(workspace, $"artifacts/{place.Folder}/{name}")))
        .Where(a => new FileInfo(a.path) is { Exists: true, Length: <= LargestArtifact, LinkTarget: null })
        .ToDictionary(a => a.name, a => File.ReadAllText(a.path), StringComparer.Ordinal);

    /// <summary>What the producer decided in a turn; null for nothing.</summary>
    public static string? Decisions(string workspace, string turn)
    {
        var file = new FileInfo(PathOf(workspace, DecisionsFile(turn)));
        return file is { Exists: true, Length: <= LargestArtifact, LinkTarget: null } && File.ReadAllText(file.FullName).Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Where a producer writes what it decides in a turn, below the folder.</summary>
    public static string DecisionsFile(string turn) => $"new-decisions/{turn.Replace('/', '-')}.md";

    /// <summary>Takes the folder away from where the user works.</summary>
    public static void Remove(string workspace)
    {
        var own = PathOf(workspace, "");
        if (Directory.Exists(own)) Directory.Delete(own, recursive: true);
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(own))!;
        if (Directory.Exists(above) && !Directory.EnumerateFileSystemEntries(above).Any()) Directory.Delete(above);
    }

    private static void Put(string workspace, string name, string content)
    {
        var path = PathOf(workspace, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static string PathOf(string workspace, string name) => Path.Combine(workspace, Folder, name);
}
