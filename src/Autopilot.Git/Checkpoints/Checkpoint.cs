using System.Globalization;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Checkpoints;

/// <summary>Turns what an agent left in a workspace into a commit on a branch of the hub.</summary>
public sealed class Checkpoint(Hub hub)
{
    /// <summary>Commits everything that is not ignored and puts the branch there.</summary>
    /// <param name="branch">A full ref name of the hub; it is moved to the workspace's HEAD.</param>
    /// <param name="message">With trailers.</param>
    /// <returns>The workspace's commit; its base when the agent left nothing.</returns>
    public async Task<CommitId> Save(Workspace workspace, string branch, string message, CancellationToken cancellation)
    {
        var folder = new WorkspaceFolder(hub, workspace.Folder);
        foreach (var submodule in await Submodules.In(hub, workspace.Folder, cancellation)) await submodule.Save(workspace.Owner, cancellation);
        await folder.Stage(cancellation);
        var commit = await hub.Git.Try(workspace.Folder, ["commit", "--quiet", "--no-verify", "--file=-"], cancellation, System.Text.Encoding.UTF8.GetBytes(message));
        // Exit code 1 without a message on stderr: nothing to commit.
        if (commit.ExitCode > 1 || (commit.ExitCode == 1 && commit.Error.Length > 0)) throw new GitException("commit", workspace.Folder, commit);
        var head = await folder.Head(cancellation);
        if (head != workspace.Base) await hub.Git.Run(hub.Folder, cancellation, "update-ref", "--create-reflog", "-m", "checkpoint", branch, head.Hash);
        return head;
    }

    /// <summary>Paths that differ between two commits.</summary>
    public async Task<IReadOnlyList<FileDifference>> Differences(CommitId from, CommitId to, CancellationToken cancellation)
    {
        if (from == to) return [];
        var answer = await hub.Git.Run(hub.Folder, cancellation, "diff-tree", "-r", "-z", "--no-renames", "--raw", "--numstat", from.Hash, to.Hash);
        var fields = answer.Fields;
        // First ":100644 100644 HASH HASH M" and the path of each in turns, then "3", "1" and the path of each in one field.
        var counts = fields.TakeWhile((field, i) => i % 2 != 0 || field[0] == ':').Count();
        var lines = fields.Skip(counts).Select(field => field.Split('\t', 3)).ToLookup(count => count[2], count => Count(count[0]) + Count(count[1]), StringComparer.Ordinal);
        return [.. Enumerable.Range(0, counts / 2).Select(i => new FileDifference(fields[2 * i + 1], fields[2 * i][^1], lines[fields[2 * i + 1]].Sum()))];
    }

    // A binary file has "-" for both.
    private static int Count(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>The difference as a unified diff, cut to a length in characters.</summary>
    /// <param name="paths">Only these; all when empty.</param>
    public async Task<string> Diff(CommitId from, CommitId to, int maxLength, CancellationToken cancellation, params IReadOnlyList<string> paths)
    {
        string[] command = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", from.Hash, to.Hash, "--", .. paths];
        var text = (await hub.Git.Run(hub.Folder, cancellation, command)).Output;
        return text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, maxLength), $"\n[cut: {text.Length - maxLength} more characters]\n");
    }
}
