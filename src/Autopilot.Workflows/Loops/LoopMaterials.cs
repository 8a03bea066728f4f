using System.Text;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Platform.Files;

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
            if (!(path.StartsWith(place.Folder + "/", StringComparison.Ordinal) && Own(workspace, "artifacts/" + path) is not null)) Put(workspace, "artifacts/" + path, content);
    }

    /// <summary>Puts the record's version of a pair's artefacts, for readers.</summary>
    public static void Refresh(string workspace, LoopRecord record)
    {
        foreach (var (path, content) in record.Artifacts) Put(workspace, "artifacts/" + path, content);
    }

    /// <summary>The artefacts that a producer left, by name.</summary>
    public static Dictionary<string, string> Collect(string workspace, PairPlace place) => place.Pair.Artifacts
        .Select(name => (name, text: Left(workspace, $"artifacts/{place.Folder}/{name}"))).Where(a => a.text is not null)
        .ToDictionary(a => a.name, a => a.text!, StringComparer.Ordinal);

    /// <summary>What the producer decided in a turn; null for nothing.</summary>
    public static string? Decisions(string workspace, string turn) => Left(workspace, DecisionsFile(turn))?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Where a producer writes what it decides in a turn, below the folder.</summary>
    public static string DecisionsFile(string turn) => $"new-decisions/{turn.Replace('/', '-')}.md";

    /// <summary>Takes the folder away from where the user works.</summary>
    public static void Remove(string workspace)
    {
        var above = Path.Combine(workspace, Path.GetDirectoryName(Folder)!);
        if (FileStamp.Of(above) is not { Kind: FileKind.Folder }) return;
        var own = Path.Combine(workspace, Folder);
        if (FileStamp.Of(own) is { Kind: FileKind.Folder }) Directory.Delete(own, recursive: true);
        if (!Directory.EnumerateFileSystemEntries(above).Any()) Directory.Delete(above);
    }

    private static void Put(string workspace, string name, string content)
    {
        var path = Clear(workspace, name);
        var bytes = Encoding.UTF8.GetBytes(content);
        // Mostly it is there from the turn before.
        if (FileStamp.Of(path) is { } there)
        {
            if (there.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return;
            File.Delete(path);
        }

        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(bytes);
    }

    /// <summary>Takes away what an agent put in the way: we write where a sandbox keeps the agent from writing, so that we must follow no link of its.</summary>
    private static string Clear(string workspace, string name)
    {
        var at = workspace;
        var parts = $"{Folder}/{name}".Split('/');
        foreach (var (index, part) in parts.Index())
        {
            at = Path.Combine(at, part);
            var isFolder = index < parts.Length - 1;
            var kind = FileStamp.Of(at)?.Kind;
            if (kind == (isFolder ? FileKind.Folder : FileKind.File)) continue;
            if (kind == FileKind.Folder) Directory.Delete(at, recursive: true);
            else if (kind is not null) File.Delete(at);
            if (isFolder) Directory.CreateDirectory(at);
        }

        return at;
    }

    private static string? Left(string workspace, string name) => Own(workspace, name) is { Length: <= LargestArtifact } ? File.ReadAllText(Path.Combine(workspace, Folder, name)) : null;

    /// <summary>A file that is really there, and not at the end of a link; null where there is none.</summary>
    private static FileStamp? Own(string workspace, string name)
    {
        var path = Path.Combine(workspace, Folder, name);
        for (var at = Path.GetDirectoryName(path)!; at.Length > workspace.Length; at = Path.GetDirectoryName(at)!)
            if (FileStamp.Of(at) is not { Kind: FileKind.Folder }) return null;
        return FileStamp.Of(path) is { Kind: FileKind.File } stamp ? stamp : null;
    }
}
