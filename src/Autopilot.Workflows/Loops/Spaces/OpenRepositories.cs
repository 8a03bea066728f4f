using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>The user's repository, ours beside it, and its workspaces.</summary>
/// <param name="Git">Runs git in ours.</param>
internal sealed record OpenRepositories(IGit Git, UserRepository User, Hub Hub, WorkspacePool Pool)
{
    /// <summary>Pins the times of a commit, so that it is the same whenever it is made.</summary>
    public static IReadOnlyDictionary<string, string> Epoch { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_AUTHOR_DATE"] = "@0 +0000", ["GIT_COMMITTER_DATE"] = "@0 +0000" };

    /// <summary>The first commit for a repository that has none: it holds nothing, and is the same whenever it is made.</summary>
    public async Task<CommitId> EmptyRoot(CancellationToken cancellation)
    {
        var tree = await Git.RunWithInput(Hub.Folder, "", cancellation, "mktree");
        var made = await Git.Try(Hub.Folder, ["commit-tree", tree.Text, "-m", "Begin with nothing"], cancellation, environment: Epoch);
        return made.Succeeded ? new CommitId(made.Text) : throw new GitException("commit-tree", Hub.Folder, made);
    }
}
