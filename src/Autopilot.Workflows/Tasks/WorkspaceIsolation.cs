using Autopilot.Core;
using Autopilot.Core.Merging;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Tasks;

/// <summary>Isolated workspaces through Autopilot's own repository beside the user's.</summary>
/// <param name="git">Runs git.</param>
/// <param name="folder">Any folder of the user's repository.</param>
/// <param name="place">Where the repository of ours and its workspaces are, outside the user's tree.</param>
/// <param name="operations">The log of changes to the user's refs.</param>
/// <param name="clock">For the log.</param>
/// <param name="watch">Hears what is done to the repository of ours from outside; null for nobody.</param>
public sealed class WorkspaceIsolation(IGit git, string folder, string place, string operations, TimeProvider clock, HubWatch? watch = null) : IIsolation
{
    // Opened once: a new hub puts its files back without a word, for the user's settings may have changed.
    private (UserRepository User, Hub Hub, WorkspacePool Pool)? opened;

    public async Task<string> Base(string revision, CancellationToken cancellation)
    {
        var user = await UserRepository.Require(git, folder, cancellation);
        var head = await user.Resolve(revision, cancellation) ?? throw new UserErrorException($"{user.Root} has no commit {revision}, so there is nothing to work from in isolation. Commit something first.");
        await user.Keep(head, cancellation);
        return head.Hash;
    }

    public async Task<string> Enter(string owner, string at, CancellationToken cancellation)
    {
        var (_, _, pool) = await Open(cancellation);
        return (await pool.Acquire(owner, new CommitId(at), cancellation)).Folder;
    }

    public async Task<bool> Leave(string owner, string at, string branch, string message, CancellationToken cancellation)
    {
        var (user, hub, pool) = await Open(cancellation);
        var name = "refs/heads/" + branch;
        var workspace = await pool.Acquire(owner, new CommitId(at), cancellation);
        // A rerun after a crash finds the branch made and the workspace given back: what it did is done.
        var isMade = await user.Resolve(name, cancellation) is not null;
        var commit = isMade ? workspace.Base : await new Checkpoint(hub).Save(workspace, name, message, cancellation);
        if (!isMade && commit != workspace.Base) await Publish(user, hub, name, commit, cancellation);
        await pool.Release(workspace, cancellation);
        return isMade || commit != workspace.Base;
    }

    private async Task Publish(UserRepository user, Hub hub, string name, CommitId commit, CancellationToken cancellation)
    {
        await git.Run(user.Root, cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", hub.Folder, commit.Hash);
        var log = new OperationLog(git, user, operations, clock);
        if (!await log.Move("task", name, commit, expected: null, "the work of an isolated task", cancellation))
            throw new UserErrorException($"The branch {name} exists already, so the work was left in {hub.Folder} at {commit.Hash}.", ExitCodes.Failed);
    }

    private async Task<(UserRepository User, Hub Hub, WorkspacePool Pool)> Open(CancellationToken cancellation)
    {
        if (opened is { } before) return before;
        var user = await UserRepository.Require(git, folder, cancellation);
        var hub = await Hub.Open(git, user, Path.Combine(place, "hub.git"), cancellation, watch);
        var now = (user, hub, new WorkspacePool(hub, Path.Combine(place, "pool"), clock));
        opened = now;
        return now;
    }
}
