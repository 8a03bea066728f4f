using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>The commits of a run: its branch, what changed between them, and the checkout of those who only read.</summary>
internal sealed class RunHistory(IGit git, GitSpaceSettings settings, TimeProvider clock, MergeGate gate)
{
    private readonly GitRepositories repositories = new(git, settings, clock);
    private string? inspected;
    private FolderShape? shape;

    private string Ref => "refs/heads/" + settings.Branch;

    private string Inspector => settings.Owner + "-verify";

    public Task<OpenRepositories> Open(CancellationToken cancellation) => repositories.Open(cancellation);

    /// <summary>The commit at which the user stands; where there is none, one that holds nothing.</summary>
    public async Task<string> Base(CancellationToken cancellation)
    {
        var opened = await Open(cancellation);
        if (await opened.User.Resolve("HEAD", cancellation) is not { } head) return (await opened.EmptyRoot(cancellation)).Hash;
        await opened.User.Keep(head, cancellation);
        return head.Hash;
    }

    /// <exception cref="UserErrorException">The commit is gone.</exception>
    public async Task<Workspace> Workspace(string owner, string commit, CancellationToken cancellation)
    {
        var opened = await Open(cancellation);
        try
        {
            return await opened.Pool.Acquire(owner, new CommitId(commit), cancellation);
        }
        catch (GitException error) when (error.Message.Contains(commit, StringComparison.Ordinal))
        {
            if (await opened.Hub.Resolve(commit, cancellation) is not null) throw;
            throw new UserErrorException(
                $"The state {commit[..10]} of the run is gone: neither {opened.Hub.Folder} nor your repository has it any more, so the run cannot go on. What was published is on {settings.Branch}; begin another run from there.", ExitCodes.Failed, error);
        }
    }

    /// <summary>A checkout of a commit, without what anybody did in it before.</summary>
    public async Task<string> Inspect(string commit, CancellationToken cancellation)
    {
        var workspace = await Workspace(Inspector, commit, cancellation);
        if (inspected != commit)
        {
            WriteProtection.Lift(workspace.Folder);
            if (shape?.Root != workspace.Folder) shape = new FolderShape(workspace.Folder, name => name is ".git" or ".autopilot", ".gitignore", clock);
            if (workspace.Adopted) await Renew(workspace, shape, commit, cancellation);
            else shape.Note();
        }

        inspected = commit;
        return workspace.Folder;
    }

    /// <summary>Somebody may have changed what is there to be inspected: it is made anew for the next.</summary>
    public void Forget() => inspected = null;

    /// <summary>Puts the run's branch, in our own repository, to a commit.</summary>
    public async Task Record(string commit, string reason, CancellationToken cancellation)
    {
        var opened = await Open(cancellation);
        await opened.Git.Run(opened.Hub.Folder, cancellation, "update-ref", "--create-reflog", "-m", reason, Ref, commit);
    }

    public async Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation) =>
        await new Git.Checkpoints.Checkpoint((await Open(cancellation)).Hub).Diff(new CommitId(from), new CommitId(to), maxLength, cancellation);

    /// <summary>Puts the run's branch in the user's repository to a commit. A branch that was deleted there is made again.</summary>
    /// <exception cref="UserErrorException">Somebody else put commits on it, or it is checked out.</exception>
    /// <exception cref="PermitRefusedException">The governor refuses it.</exception>
    public async Task Publish(string commit, CancellationToken cancellation)
    {
        var opened = await Open(cancellation);
        var there = await opened.User.Resolve(Ref, cancellation);
        if (there?.Hash != commit) await gate.Pass(() => Move(opened, there, commit, cancellation), cancellation);
    }

    private async Task<bool> Move(OpenRepositories opened, CommitId? there, string commit, CancellationToken cancellation)
    {
        await Record(commit, "publish", cancellation);
        await git.Run(opened.User.Root, cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", opened.Hub.Folder, commit);
        if (there is { } foreign && !await opened.User.Contains(new CommitId(commit), foreign, cancellation))
            throw new UserErrorException($"The branch {settings.Branch} has commits that are not of this run ({foreign.Short}). Rename it, then resume: the work is kept in {opened.Hub.Folder}.", ExitCodes.Failed);
        if ((await opened.User.CheckedOutBranches(cancellation)).Contains(Ref))
            throw new UserErrorException($"The branch {settings.Branch} is checked out, so it cannot be moved without changing your checkout. Switch to another branch, then resume.", ExitCodes.Failed);
        return await new OperationLog(git, opened.User, settings.Operations, clock).Move("loop", Ref, new CommitId(commit), there, "the work of a loop", cancellation);
    }

    /// <summary>Gives the checkout of the readers back. What they did in it was never meant to be kept.</summary>
    public async Task LeaveInspection(string commit, CancellationToken cancellation)
    {
        var workspace = await Workspace(Inspector, commit, cancellation);
        WriteProtection.Lift(workspace.Folder);
        await CheckOut(workspace, commit, cancellation);
        await Clean(workspace, "-ffdxq", cancellation);
        await (await Open(cancellation)).Pool.Release(workspace, cancellation);
    }

    /// <summary>What is not of the commit is looked for only where an entry came or went, or another rule says what is ignored.</summary>
    private async Task Renew(Workspace workspace, FolderShape shape, string commit, CancellationToken cancellation)
    {
        var isWhole = shape.IsAsNoted();
        await CheckOut(workspace, commit, cancellation);
        if (shape.Note() && isWhole) return;
        await Clean(workspace, "-ffdq", cancellation);
        shape.Note();
    }

    private async Task CheckOut(Workspace workspace, string commit, CancellationToken cancellation) =>
        await (await Open(cancellation)).Git.Run(workspace.Folder, cancellation, "checkout", "--quiet", "--force", "--detach", commit);

    private async Task Clean(Workspace workspace, string how, CancellationToken cancellation) =>
        await (await Open(cancellation)).Git.Run(workspace.Folder, cancellation, "clean", how);
}
