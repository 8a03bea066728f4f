using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Checkpoints;

/// <summary>Commits on no branch, each on the one before, in a workspace that stands at the last.</summary>
public sealed class CommitChain(Hub hub, TimeProvider clock)
{
    private (CommitId Commit, string Tree)? last;

    /// <summary>The commit at which a workspace stands.</summary>
    public Task<CommitId> Head(Workspace workspace, CancellationToken cancellation) => new WorkspaceFolder(hub, workspace.Folder).Head(cancellation);

    /// <summary>Commits everything that is not ignored; also when nothing changed. In two processes, of which one alone looks at the files.</summary>
    public async Task<CommitId> Keep(Workspace workspace, string message, CancellationToken cancellation)
    {
        foreach (var submodule in await Submodules.In(hub, workspace.Folder, cancellation)) await submodule.Save(workspace.Owner, cancellation);
        var folder = new WorkspaceFolder(hub, workspace.Folder);
        await folder.Stage(cancellation);
        var tree = (await hub.Git.Run(workspace.Folder, cancellation, "write-tree")).Text;
        return Add(folder, await folder.Head(cancellation), tree, message);
    }

    /// <summary>A commit that changes nothing, for the sake of its message. Without a process, where the last commit was made by this.</summary>
    public async Task<CommitId> Note(Workspace workspace, string message, CancellationToken cancellation)
    {
        var folder = new WorkspaceFolder(hub, workspace.Folder);
        var head = await folder.Head(cancellation);
        var tree = last is { } known && known.Commit == head ? known.Tree : (await hub.Git.Run(workspace.Folder, cancellation, "rev-parse", head.Hash + "^{tree}")).Text;
        return Add(folder, head, tree, message);
    }

    private CommitId Add(WorkspaceFolder folder, CommitId head, string tree, string message)
    {
        // Before it is stood at, it is on the disk, whichever of two changes a file system keeps when the power goes.
        var made = hub.Commit(tree, [head.Hash], clock.GetLocalNow(), message);
        folder.Stand(made);
        last = (made, tree);
        return made;
    }
}
