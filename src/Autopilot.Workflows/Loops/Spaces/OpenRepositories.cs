using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>The user's repository, ours beside it, and its workspaces.</summary>
/// <param name="Git">Runs git in ours.</param>
internal sealed record OpenRepositories(IGit Git, UserRepository User, Hub Hub, WorkspacePool Pool)
{
    /// <summary>The first commit for a repository that has none: it holds nothing, and is the same whenever it is made.</summary>
    public async Task<CommitId> EmptyRoot(CancellationToken cancellation)
    {
        var tree = await Git.RunWithInput(Hub.Folder, "", cancellation, "mktree");
        return Hub.Commit(tree.Text, [], DateTimeOffset.UnixEpoch, "Begin with nothing\n");
    }
}
