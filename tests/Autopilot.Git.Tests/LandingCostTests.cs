using Autopilot.Core.Merging;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Tests;

public sealed class LandingCostTests
{
    private const int Units = 4;

    [Fact]
    public async Task A_unit_that_lands_alone_takes_at_most_eight_git_processes()
    {
        using var scratch = await Scratch.Create();
        var units = new List<CommitId>();
        for (var i = 0; i < Units; i++) units.Add(await scratch.Work($"u{i}", scratch.First, $"{i}.txt", "x\n"));
        var git = new CountedGit(scratch.Git, scratch["trace"]);
        var user = await UserRepository.Require(git, scratch["user"], CancellationToken.None);
        var hub = await Hub.Open(git, user, scratch["ours/hub"], CancellationToken.None);
        var pool = new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System);
        var green = new GreenBranch(user, hub, new OperationLog(git, user, scratch["ours/operations.jsonl"], TimeProvider.System), "autopilot/green", scratch.First, scratch.Gate);
        var before = git.Processes;
        CommitId? at = null;
        foreach (var unit in units)
        {
            var merged = (await new Integration(hub, TimeProvider.System).Merge(at ?? scratch.First, unit, "merge", CancellationToken.None)).Commit!.Value;
            var workspace = await pool.Acquire("verification", merged, CancellationToken.None);
            await pool.Discard(workspace, CancellationToken.None);
            Assert.True(await green.Advance(merged, at, "land", CancellationToken.None));
            at = merged;
        }

        Assert.InRange(git.Processes - before, Units, 8 * Units);
        Assert.Equal(at!.Value.Hash, await scratch.Run("user", "rev-parse", "autopilot/green"));
        await scratch.Run("user", "fsck", "--strict", "--no-dangling");
        for (var i = 0; i < Units; i++) Assert.Equal("x", await scratch.Run("user", "show", $"autopilot/green:{i}.txt"));
    }

    [Fact]
    public async Task What_is_kept_is_on_the_disk_before_it_is_named()
    {
        using var scratch = await Scratch.Create();
        var git = new CountedGit(scratch.Git, scratch["trace"]);
        var user = await UserRepository.Require(git, scratch["user"], CancellationToken.None);
        var hub = await Hub.Open(git, user, scratch["ours/hub"], CancellationToken.None);
        var workspace = await new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System).Acquire("run/u", scratch.First, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "work.txt"), "work\n");
        var before = git.Flushed;
        await new CommitChain(hub, TimeProvider.System).Keep(workspace, "work", CancellationToken.None);
        // The file and the tree; the commit is no work of git's.
        Assert.Equal(2, git.Flushed - before);
    }

    [Fact]
    public async Task A_warm_workspace_takes_two()
    {
        using var scratch = await Scratch.Create();
        await scratch.Pool.Discard(await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None), CancellationToken.None);
        var git = new CountedGit(scratch.Git, scratch["trace"]);
        var hub = await Hub.Open(git, scratch.User, scratch["ours/hub"], CancellationToken.None);
        await new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System).Acquire("two", scratch.First, CancellationToken.None);
        Assert.Equal(2, git.Processes - 1);
    }

    [Fact]
    public async Task Green_stands_by_itself_when_the_hub_is_gone()
    {
        using var scratch = await Scratch.Create();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        Assert.True(await scratch.Green.Advance(one, null, "land", CancellationToken.None));
        scratch.Write("user/b.txt", "of the user\n");
        var theirs = await scratch.CommitAsUser("meanwhile");
        var two = await scratch.Work("two", theirs, "c.txt", "by two\n");
        var merged = await scratch.Integration.Merge(one, two, "merge", CancellationToken.None);
        Assert.True(await scratch.Green.Advance(merged.Commit!.Value, one, "land", CancellationToken.None));
        Directory.Delete(scratch["ours/hub"], recursive: true);
        await scratch.Run("user", "fsck", "--strict", "--no-dangling");
        Assert.Equal("by two", await scratch.Run("user", "show", "autopilot/green:c.txt"));
    }
}
