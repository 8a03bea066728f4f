using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Landing;

/// <summary>What came of a push.</summary>
/// <param name="Upstream">The tip of the remote's branch, where that moved; the hub has it.</param>
/// <param name="Detail">Why it was not pushed.</param>
public sealed record PushAnswer(PushEnd End, CommitId? Upstream, string Detail)
{
    private static readonly string[] Behind = ["fetch first", "non-fast-forward", "stale info", "needs force"];
    // Somebody else pushed at the same instant.
    private static readonly string[] Races = ["cannot lock ref", "failed to update ref", "incorrect old value", "reference already exists"];

    /// <summary>Reads what <c>git push --porcelain</c> said.</summary>
    public static PushAnswer Of(GitResult result)
    {
        if (result.Succeeded) return new(PushEnd.Pushed, null, "");
        var said = $"{result.Error.Trim()}";
        var line = result.Lines.FirstOrDefault(l => l.StartsWith("!\t", StringComparison.Ordinal));
        if (line is null) return new(PushEnd.Failed, null, said.Length > 0 ? said : $"git push ended with {result.ExitCode}");
        var summary = line[(line.LastIndexOf('\t') + 1)..];
        var isRemote = summary.StartsWith("[remote rejected]", StringComparison.Ordinal);
        if (!isRemote && Behind.Any(b => summary.Contains(b, StringComparison.Ordinal))) return new(PushEnd.Moved, null, summary);
        if (isRemote && Races.Any(r => summary.Contains(r, StringComparison.Ordinal))) return new(PushEnd.Failed, null, summary);
        return new(PushEnd.Refused, null, $"{summary}\n{said}");
    }
}
