using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Workspaces;

/// <summary>A submodule of a workspace: a workspace itself, of a hub of its own that borrows from the module in the user's repository.</summary>
/// <param name="Path">In the workspace.</param>
/// <param name="Commit">As the workspace's index has it.</param>
internal sealed record Submodule(string Path, CommitId Commit, Hub Hub, string Place)
{
    /// <summary>Puts it to its commit, with its own submodules.</summary>
    public async Task CheckOut(CancellationToken cancellation)
    {
        if (await Hub.Resolve(Commit.Hash, cancellation) is null)
            throw new IOException($"The submodule {Path} has no commit {Commit.Short} in your repository, and nothing is fetched without being asked. Run 'git submodule update --init --recursive' in your checkout, then go on.");
        var space = new WorkspaceFolder(Hub, Place);
        if (File.Exists(System.IO.Path.Combine(Place, ".git")) && space.Mend())
        {
            space.Unlock();
            await Hub.Git.Run(Place, cancellation, "checkout", "--quiet", "--force", "--detach", Commit.Hash);
            await Hub.Git.Run(Place, cancellation, "clean", "-ffdxq");
        }
        else
        {
            if (Directory.Exists(Place)) Directory.Delete(Place, recursive: true);
            await Hub.Git.Run(Hub.Folder, cancellation, "worktree", "add", "--quiet", "--force", "--force", "--detach", Place, Commit.Hash);
        }

        foreach (var inner in await Submodules.In(Hub, Place, cancellation)) await inner.CheckOut(cancellation);
    }

    /// <summary>
    /// Puts what was done in it onto a branch of its hub. A commit that only this machine has cannot be part of what lands, so the
    /// submodule goes back to where it was.
    /// </summary>
    /// <param name="name">Of the branch, below <see cref="WorkspacePool.RescuedRefs"/>.</param>
    public async Task Save(string name, CancellationToken cancellation)
    {
        var space = new WorkspaceFolder(Hub, Place);
        if (!File.Exists(System.IO.Path.Combine(Place, ".git")) || !space.Mend()) return;
        foreach (var inner in await Submodules.In(Hub, Place, cancellation)) await inner.Save(name, cancellation);
        await space.Stage(cancellation);
        await Hub.Git.Try(Place, ["commit", "--quiet", "--no-verify", "-m", $"What {name} changed in {Path}"], cancellation);
        var head = await space.Head(cancellation);
        // The user's own module has it: a submodule may be moved to another commit of its.
        if (head == Commit || await Hub.User.Resolve(head.Hash, cancellation) is not null) return;
        var branch = WorkspacePool.RescuedRefs + RefName.From($"{name}-{head.Short}");
        await Hub.Git.Run(Hub.Folder, cancellation, "update-ref", branch, head.Hash);
        await Hub.Git.Run(Place, cancellation, "checkout", "--quiet", "--force", "--detach", Commit.Hash);
        Hub.Notice($"{name} changed the submodule {Path}. That cannot land with this repository; it is kept: git fetch {Hub.Folder} {branch}");
    }
}
