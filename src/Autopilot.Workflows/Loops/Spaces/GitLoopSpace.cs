using Autopilot.Core;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in workspaces outside the user's checkout; each turn is a commit on the run's branch. At most six git processes per cycle.</summary>
public sealed class GitLoopSpace : ILoopSpace
{
    private readonly GitSpaceSettings settings;
    private readonly GitRepositories repositories;
    private string? inspected;

    public GitLoopSpace(IGit git, GitSpaceSettings settings, TimeProvider clock)
    {
        this.settings = settings;
        Git = git;
        repositories = new GitRepositories(git, settings, clock);
        Clock = clock;
    }

    public string Place => settings.Branch;

    private IGit Git { get; }

    private TimeProvider Clock { get; }

    private string Ref => "refs/heads/" + settings.Branch;

    public async Task<string> Begin(CancellationToken cancellation)
    {
        var opened = await repositories.Open(cancellation);
        if (await opened.User.Resolve("HEAD", cancellation) is not { } head) return (await opened.EmptyRoot(cancellation)).Hash;
        await opened.User.Keep(head, cancellation);
        return head.Hash;
    }

    public async Task<string> Enter(string point, CancellationToken cancellation) => Within((await Workspace(settings.RunId, point, cancellation)).Folder);

    public async Task<string> Keep(string point, string turn, string message, CancellationToken cancellation)
    {
        var folder = (await Workspace(settings.RunId, point, cancellation)).Folder;
        if (await Kept(folder, point, turn, cancellation) is { } before) return before;
        inspected = null;
        await Git.Run(folder, cancellation, "add", "--all");
        return await Commit(folder, message, cancellation);
    }

    public async Task<string> Inspect(string point, CancellationToken cancellation)
    {
        var workspace = await Workspace(settings.RunId + "-verify", point, cancellation);
        if (inspected != point && workspace.Adopted)
        {
            await Git.Run(workspace.Folder, cancellation, "checkout", "--quiet", "--force", "--detach", point);
            await Git.Run(workspace.Folder, cancellation, "clean", "-ffdq");
        }

        inspected = point;
        return Within(workspace.Folder);
    }

    public async Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        var folder = (await Workspace(settings.RunId, point, cancellation)).Folder;
        var noted = await Kept(folder, point, turn, cancellation) ?? await Commit(folder, message, cancellation);
        var opened = await repositories.Open(cancellation);
        await Git.Run(opened.Hub.Folder, cancellation, "update-ref", "--create-reflog", "-m", turn, Ref, noted);
        // Whoever inspected may have changed what is there.
        inspected = null;
        return noted;
    }

    public async Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation)
    {
        var opened = await repositories.Open(cancellation);
        return await new Git.Checkpoints.Checkpoint(Git, opened.Hub).Diff(new CommitId(from), new CommitId(to), maxLength, cancellation);
    }

    public async Task Publish(string point, CancellationToken cancellation)
    {
        var opened = await repositories.Open(cancellation);
        var there = await opened.User.Resolve(Ref, cancellation);
        if (there?.Hash == point) return;
        await Git.Run(opened.Hub.Folder, cancellation, "update-ref", "--create-reflog", "-m", "publish", Ref, point);
        await Git.Run(opened.User.Root, cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", opened.Hub.Folder, point);
        if (there is { } foreign && !await opened.User.Contains(new CommitId(point), foreign, cancellation))
            throw new UserErrorException($"The branch {settings.Branch} has commits that are not of this run ({foreign.Short}). Rename it, then resume: the work is kept in {opened.Hub.Folder}.", ExitCodes.Failed);
        if ((await opened.User.CheckedOutBranches(cancellation)).Contains(Ref))
            throw new UserErrorException($"The branch {settings.Branch} is checked out, so it cannot be moved without changing your checkout. Switch to another branch, then resume.", ExitCodes.Failed);
        await new OperationLog(Git, opened.User, settings.Operations, Clock).Move("loop", Ref, new CommitId(point), there, "the work of a loop", cancellation);
    }

    public async Task Leave(string point, CancellationToken cancellation)
    {
        var pool = (await repositories.Open(cancellation)).Pool;
        foreach (var owner in (string[])[settings.RunId, settings.RunId + "-verify"])
        {
            var workspace = await pool.Acquire(owner, new CommitId(point), cancellation);
            // What a verifier did in its workspace was never meant to be kept.
            if (owner != settings.RunId) await Git.Run(workspace.Folder, cancellation, "checkout", "--quiet", "--force", "--detach", point);
            if (owner != settings.RunId) await Git.Run(workspace.Folder, cancellation, "clean", "-ffdxq");
            await pool.Release(workspace, cancellation);
        }
    }

    private async Task<Workspace> Workspace(string owner, string point, CancellationToken cancellation) =>
        await (await repositories.Open(cancellation)).Pool.Acquire(owner, new CommitId(point), cancellation);

    private string Within(string folder) => Directory.CreateDirectory(Path.Combine(folder, settings.Below)).FullName;

    private async Task<string> Commit(string folder, string message, CancellationToken cancellation)
    {
        await Git.RunWithInput(folder, message, cancellation, "commit", "--quiet", "--no-verify", "--allow-empty", "--file=-");
        return await Head(folder, cancellation);
    }

    /// <summary>The commit that this turn made before a crash; null when it made none.</summary>
    private async Task<string?> Kept(string folder, string point, string turn, CancellationToken cancellation)
    {
        var head = await Head(folder, cancellation);
        if (head == point) return null;
        var message = (await Git.Run(folder, cancellation, "log", "-1", "--format=%B")).Output;
        return message.Contains($"\n{TurnMessage.TurnTrailer}: {turn}\n", StringComparison.Ordinal) ? head : null;
    }

    /// <summary>Read from the file, for it is asked several times in every cycle; an agent that switched to a branch costs a process.</summary>
    private async Task<string> Head(string folder, CancellationToken cancellation)
    {
        var link = (await File.ReadAllTextAsync(Path.Combine(folder, ".git"), cancellation)).Trim();
        var head = (await File.ReadAllTextAsync(Path.Combine(link["gitdir: ".Length..], "HEAD"), cancellation)).Trim();
        return head.StartsWith("ref:", StringComparison.Ordinal) ? (await Git.Run(folder, cancellation, "rev-parse", "HEAD")).Text : head;
    }
}
