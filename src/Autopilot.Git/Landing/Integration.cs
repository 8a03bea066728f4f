using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Landing;

/// <summary>Builds the trees that are to be verified. It never needs a checkout, so it can disturb nobody.</summary>
public sealed class Integration(Hub hub, TimeProvider clock)
{
    /// <summary>Merges a tip into a base as a merge commit with both parents.</summary>
    /// <exception cref="GitException">git itself failed: this blames nobody.</exception>
    public async Task<MergeAttempt> Merge(CommitId onto, CommitId tip, string message, CancellationToken cancellation)
    {
        string[] command = ["merge-tree", "--write-tree", "--name-only", "-z", onto.Hash, tip.Hash];
        var merged = await hub.Git.Try(hub.Folder, command, cancellation);
        return merged.ExitCode switch
        {
            0 when merged.Fields[0].Trim() is var tree => new MergeAttempt(tree, Commit(tree, message, onto, tip), [], ""),
            // git answers 1 to an object that it cannot read, too; a conflict begins with the tree that it made.
            1 when merged.Fields is [var tree, ..] && IsHash(tree) => Conflict(merged),
            _ => throw new GitException(string.Join(' ', command), hub.Folder, merged),
        };
    }

    /// <summary>Makes a commit that has the tree of another: how a batch lands as one verified first-parent commit.</summary>
    /// <param name="tree">The tree of <paramref name="tip"/>.</param>
    public CommitId Seal(CommitId onto, CommitId tip, string tree, string message) => Commit(tree, message, onto, tip);

    private CommitId Commit(string tree, string message, CommitId onto, CommitId tip) => hub.Commit(tree, [onto.Hash, tip.Hash], clock.GetLocalNow(), message);

    private static bool IsHash(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    private static MergeAttempt Conflict(GitResult merged)
    {
        // Tree, then the conflicted paths up to an empty field, then messages.
        var fields = merged.Output.Split('\0');
        var paths = fields.Skip(1).TakeWhile(f => f.Length > 0).ToList();
        var messages = fields.Skip(paths.Count + 2).Where(f => f.Contains("CONFLICT", StringComparison.Ordinal) && f.Contains(' '));
        return new MergeAttempt(fields[0], null, paths, string.Join('\n', messages.Select(m => m.Trim())));
    }
}
