using Autopilot.Git.Checkpoints;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Tests;

public sealed class WorkspacePoolTests
{
    [Fact]
    public async Task Sixteen_at_once_each_get_a_workspace_of_their_own()
    {
        using var scratch = await Scratch.Create();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => scratch.PoolOf(16).Acquire($"run/u{i}", scratch.First, CancellationToken.None))));
        Assert.Equal(16, all.Select(w => w.Folder).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, w => Assert.Equal("one\n", File.ReadAllText(Path.Combine(w.Folder, "a.txt"))));
        await Assert.ThrowsAsync<IOException>(() => scratch.PoolOf(16).Acquire("run/one more", scratch.First, CancellationToken.None));
        await Task.WhenAll(all.Select(w => Task.Run(() => scratch.Pool.Release(w, CancellationToken.None))));
        var again = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => scratch.PoolOf(16).Acquire($"run/v{i}", scratch.First, CancellationToken.None))));
        Assert.Equal(all.Select(w => w.Id).Order(StringComparer.Ordinal), again.Select(w => w.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_released_workspace_is_clean_for_the_next_owner()
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(first.Folder, "a.txt"), "changed");
        Directory.CreateDirectory(Path.Combine(first.Folder, "ignored/nested/.git"));
        File.WriteAllText(Path.Combine(first.Folder, "ignored/cache"), "left");
        await scratch.Pool.Discard(first, CancellationToken.None);
        var second = await scratch.Pool.Acquire("two", scratch.First, CancellationToken.None);
        Assert.Equal(first.Id, second.Id);
        Assert.False(second.Adopted);
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(second.Folder, "a.txt")));
        Assert.False(Directory.Exists(Path.Combine(second.Folder, "ignored")));
    }

    [Fact]
    public async Task Pipes_in_place_of_gits_pointers_are_not_waited_for()
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None);
        var gitFolder = (await scratch.Run(first.Folder, "rev-parse", "--absolute-git-dir")).Trim();
        foreach (var pointer in new[] { Path.Combine(first.Folder, ".git"), Path.Combine(gitFolder, "commondir"), Path.Combine(scratch.Hub.Folder, "config") })
        {
            File.Delete(pointer);
#pragma warning disable RS0030 // A tool of the test.
            using var made = System.Diagnostics.Process.Start("mkfifo", pointer);
#pragma warning restore RS0030
            await made.WaitForExitAsync();
        }

        await scratch.Pool.Release(first, CancellationToken.None);
        var second = await scratch.Pool.Acquire("two", scratch.First, CancellationToken.None);
        Assert.Equal("", await scratch.Run(second.Folder, "status", "--porcelain"));
    }

    [Fact]
    public async Task A_workspace_that_its_owner_ruined_still_becomes_clean()
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None);
        var gitFolder = (await scratch.Run(first.Folder, "rev-parse", "--absolute-git-dir")).Trim();
        File.WriteAllText(Path.Combine(gitFolder, "index.lock"), "");
        await scratch.Pool.Discard(first, CancellationToken.None);
        var second = await scratch.Pool.Acquire("two", scratch.First, CancellationToken.None);
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(second.Folder, "a.txt")));
        File.Delete(Path.Combine(second.Folder, ".git"));
        await scratch.Pool.Discard(second, CancellationToken.None);
        var third = await scratch.Pool.Acquire("three", scratch.First, CancellationToken.None);
        Assert.Equal("", await scratch.Run(third.Folder, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("commondir")]
    [InlineData("gitdir")]
    [InlineData("HEAD")]
    public async Task What_a_git_that_was_killed_half_way_registered_is_in_nobodys_way(string unwritten)
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None);
        var registered = (await scratch.Run(first.Folder, "rev-parse", "--absolute-git-dir")).Trim();
        var half = Directory.CreateDirectory(Path.Combine(registered, "..", "w3")).FullName;
        foreach (var file in new[] { "commondir", "gitdir", "HEAD" }.Where(f => f != unwritten)) File.Copy(Path.Combine(registered, file), Path.Combine(half, file));
        File.WriteAllText(Path.Combine(half, unwritten), "");
        var second = await scratch.Pool.Acquire("two", scratch.First, CancellationToken.None);
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(second.Folder, "a.txt")));
        Assert.Equal("", await scratch.Run(first.Folder, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("index.lock")]
    [InlineData("HEAD.lock")]
    public async Task A_rerun_goes_on_after_a_git_that_was_killed_half_way(string left)
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        var gitFolder = (await scratch.Run(first.Folder, "rev-parse", "--absolute-git-dir")).Trim();
        File.WriteAllText(Path.Combine(gitFolder, left), "");
        await Kill(scratch, first);
        var again = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        Assert.True(again.Adopted);
        await scratch.Run(again.Folder, "checkout", "--quiet", "--force", "--detach", scratch.First.Hash);
    }

    [Fact]
    public async Task A_rerun_adopts_what_its_owner_left_untouched()
    {
        using var scratch = await Scratch.Create();
        var first = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(first.Folder, "half.txt"), "half done");
        var again = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        Assert.True(again.Adopted);
        Assert.Equal("half done", File.ReadAllText(Path.Combine(again.Folder, "half.txt")));
    }

    [Fact]
    public async Task A_live_owners_workspace_is_never_recycled()
    {
        using var scratch = await Scratch.Create(limit: 1);
        var live = await scratch.Pool.Acquire("live", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(live.Folder, "work.txt"), "in progress");
        Assert.Empty(await scratch.Pool.RescueDead(_ => false, CancellationToken.None));
        await scratch.Pool.Prune(CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => scratch.Pool.Acquire("other", scratch.First, CancellationToken.None));
        Assert.Equal("in progress", File.ReadAllText(Path.Combine(live.Folder, "work.txt")));
        var state = Assert.Single(await scratch.Pool.List(CancellationToken.None));
        Assert.True(state is { Owner: "live", Alive: true, Unsaved: true, Bytes: > 0 });
    }

    [Fact]
    public async Task A_dead_owners_unsaved_files_and_unreachable_commits_come_onto_branches()
    {
        using var scratch = await Scratch.Create();
        var dirty = await scratch.Pool.Acquire("run/dirty", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(dirty.Folder, "new.txt"), "unsaved");
        var committed = await scratch.Pool.Acquire("run/committed", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(committed.Folder, "a.txt"), "committed");
        await scratch.Run(committed.Folder, "commit", "-qam", "the agent's own");
        var idle = await scratch.Pool.Acquire("run/idle", scratch.First, CancellationToken.None);
        var kept = await scratch.Pool.Acquire("run/kept", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(kept.Folder, "kept.txt"), "to be adopted");
        foreach (var workspace in new[] { dirty, committed, idle, kept }) await Kill(scratch, workspace);

        var rescued = await scratch.Pool.RescueDead(owner => owner == "run/kept", CancellationToken.None);

        Assert.Equal(2, rescued.Count);
        Assert.All(rescued, r => Assert.StartsWith(WorkspacePool.RescuedRefs, r));
        Assert.Equal("unsaved", await scratch.Run("ours/hub", "show", rescued.Single(r => r.Contains("dirty", StringComparison.Ordinal)) + ":new.txt"));
        Assert.Equal("committed", await scratch.Run("ours/hub", "show", rescued.Single(r => r.Contains("committed", StringComparison.Ordinal)) + ":a.txt"));
        Assert.Equal("run/kept", Assert.Single(await scratch.Pool.List(CancellationToken.None), s => s.Owner is not null).Owner);
        Assert.True((await scratch.Pool.Acquire("run/kept", scratch.First, CancellationToken.None)).Adopted);
    }

    [Fact]
    public async Task Dead_owners_make_room_when_the_limit_is_reached()
    {
        using var scratch = await Scratch.Create(limit: 1);
        var dead = await scratch.Pool.Acquire("dead", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(dead.Folder, "new.txt"), "unsaved");
        await Kill(scratch, dead);
        await scratch.Pool.RescueDead(_ => false, CancellationToken.None);
        var next = await scratch.Pool.Acquire("next", scratch.First, CancellationToken.None);
        Assert.False(File.Exists(Path.Combine(next.Folder, "new.txt")));
        Assert.Single(await scratch.Hub.Refs(WorkspacePool.RescuedRefs, CancellationToken.None));
    }

    [Fact]
    public async Task Pruning_frees_idle_workspaces_and_never_loses_work()
    {
        using var scratch = await Scratch.Create();
        var idle = await scratch.Pool.Acquire("idle", scratch.First, CancellationToken.None);
        var dead = await scratch.Pool.Acquire("dead", scratch.First, CancellationToken.None);
        var live = await scratch.Pool.Acquire("live", scratch.First, CancellationToken.None);
        await scratch.Pool.Release(idle, CancellationToken.None);
        File.WriteAllText(Path.Combine(dead.Folder, "new.txt"), "unmerged");
        await Kill(scratch, dead);

        Assert.True(await scratch.Pool.Prune(CancellationToken.None) > 0);

        Assert.Equal("live", Assert.Single(await scratch.Pool.List(CancellationToken.None)).Owner);
        Assert.True(Directory.Exists(live.Folder));
        var rescued = Assert.Single(await scratch.Hub.Refs(WorkspacePool.RescuedRefs, CancellationToken.None));
        Assert.Equal("unmerged", await scratch.Run("ours/hub", "show", rescued.Key + ":new.txt"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_owner_that_comes_back_after_pruning_goes_on_where_it_was(bool agentCommits)
    {
        using var scratch = await Scratch.Create();
        var other = await scratch.Pool.Acquire("other", scratch.First, CancellationToken.None);
        var workspace = await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "changed");
        if (agentCommits) await scratch.Run(workspace.Folder, "commit", "-qam", "the agent's own");
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "unsaved");
        var status = await scratch.Run(workspace.Folder, "status", "--porcelain");
        var head = await scratch.Run(workspace.Folder, "rev-parse", "HEAD");
        await Kill(scratch, workspace);
        await scratch.Pool.Release(other, CancellationToken.None);
        await scratch.Pool.Prune(CancellationToken.None);
        Assert.False(Directory.Exists(workspace.Folder));

        var again = await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None);

        Assert.Equal(workspace with { Adopted = true }, again);
        Assert.Equal(status, await scratch.Run(again.Folder, "status", "--porcelain"));
        Assert.Equal(head, await scratch.Run(again.Folder, "rev-parse", "HEAD"));
        Assert.Equal(("changed", "unsaved"), (File.ReadAllText(Path.Combine(again.Folder, "a.txt")), File.ReadAllText(Path.Combine(again.Folder, "new.txt"))));
        await scratch.Pool.Release(again, CancellationToken.None);
        Assert.False((await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None)).Adopted);
    }

    [Fact]
    public async Task Who_comes_back_because_its_work_is_not_on_record_yet_finds_it_as_it_was()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "work.txt"), "done\n");
        var saved = await scratch.Checkpoint.Save(workspace, "refs/heads/units/u1", "work", CancellationToken.None);
        await scratch.Pool.Leave(workspace, saved, CancellationToken.None);
        var other = await scratch.Pool.Acquire("run/u2", scratch.First, CancellationToken.None);
        Assert.False(File.Exists(Path.Combine(other.Folder, "work.txt")));
        await scratch.Pool.Leave(other, scratch.First, CancellationToken.None);

        var again = await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None);
        Assert.True(again.Adopted);
        Assert.Equal("done\n", await File.ReadAllTextAsync(Path.Combine(again.Folder, "work.txt")));
        Assert.Equal(saved, await scratch.Checkpoint.Save(again, "refs/heads/units/u1", "work", CancellationToken.None));
        await scratch.Pool.Leave(again, saved, CancellationToken.None);

        scratch.Pool.Forget("run/u1");
        Assert.False((await scratch.Pool.Acquire("run/u1", scratch.First, CancellationToken.None)).Adopted);
        Assert.True((await scratch.Pool.Acquire("run/u2", scratch.First, CancellationToken.None)).Adopted);
    }

    [Fact]
    public async Task Partial_work_that_is_on_a_branch_already_comes_back_too()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "partial");
        await scratch.Checkpoint.Save(workspace, "refs/heads/units/u-partial", "partial", CancellationToken.None);
        await Kill(scratch, workspace);
        await scratch.Pool.Prune(CancellationToken.None);
        Assert.Equal("partial", File.ReadAllText(Path.Combine((await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None)).Folder, "new.txt")));
    }

    [Fact]
    public async Task Work_in_a_workspace_whose_lease_was_torn_is_not_lost()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("torn", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "unmerged");
        File.WriteAllText(scratch[$"ours/workspaces/{workspace.Id}.lease"], "{\"Own");
        await scratch.Pool.Prune(CancellationToken.None);
        var rescued = Assert.Single(await scratch.Hub.Refs(WorkspacePool.RescuedRefs, CancellationToken.None));
        Assert.Equal("unmerged", await scratch.Run("ours/hub", "show", rescued.Key + ":new.txt"));
    }

    [Fact]
    public async Task Work_that_was_committed_to_a_branch_of_the_hub_needs_no_rescue()
    {
        using var scratch = await Scratch.Create();
        await scratch.Work("unit", scratch.First, "new.txt", "saved");
        Assert.Empty(await scratch.Hub.Refs(WorkspacePool.RescuedRefs, CancellationToken.None));
    }

    [Fact]
    public async Task A_checkout_that_a_crash_cut_off_is_made_whole_and_nobodys_work()
    {
        using var scratch = await Scratch.Create();
        var half = await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None);
        File.Delete(Path.Combine(half.Folder, "a.txt"));
        var lease = scratch[$"ours/workspaces/{half.Id}.lease"];
        await File.WriteAllTextAsync(lease, (await File.ReadAllTextAsync(lease)).Replace("\"Ready\":true", "\"Ready\":false", StringComparison.Ordinal));
        var again = await scratch.Pool.Acquire("run/u", scratch.First, CancellationToken.None);
        Assert.False(again.Adopted);
        Assert.True(File.Exists(Path.Combine(again.Folder, "a.txt")));
    }

    [Fact]
    public async Task A_workspace_without_its_link_never_lets_git_work_on_a_repository_above()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        await scratch.Run(".", "init", "-q");
        scratch.Write("precious.txt", "not ours\n");
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "work");
        File.Delete(Path.Combine(workspace.Folder, ".git"));

        var rescued = await scratch.Pool.Release(workspace, CancellationToken.None);
        await scratch.Pool.Acquire("next", scratch.First, CancellationToken.None);

        Assert.Equal("work", await scratch.Run("ours/hub", "show", rescued + ":new.txt"));
        Assert.Equal("not ours\n", scratch.Read("precious.txt"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => scratch.Run(".", "rev-parse", "HEAD"));
    }

    [Fact]
    public async Task What_came_after_the_commit_on_a_branch_is_rescued()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "work");
        var saved = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "Work", CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "late.txt"), "late");
        var rescued = await scratch.Pool.Release(workspace, CancellationToken.None, saved);
        Assert.Equal("late", await scratch.Run("ours/hub", "show", rescued + ":late.txt"));
    }

    [Fact]
    public async Task What_was_committed_after_it_is_rescued_and_the_commit_alone_is_not()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "work");
        var saved = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "Work", CancellationToken.None);
        var later = await new CommitChain(scratch.Hub, TimeProvider.System).Note(workspace, "later", CancellationToken.None);
        var rescued = await scratch.Pool.Release(workspace, CancellationToken.None, saved);
        Assert.Equal(later, await scratch.Hub.Resolve(rescued!, CancellationToken.None));
        var again = await scratch.Pool.Acquire("v", saved, CancellationToken.None);
        Assert.Null(await scratch.Pool.Release(again, CancellationToken.None, saved));
    }

    [Fact]
    public async Task A_repository_that_the_agent_made_of_its_workspace_is_set_aside()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.Delete(Path.Combine(workspace.Folder, ".git"));
        await scratch.Run(workspace.Folder, "init", "-q");
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "work");
        await scratch.Checkpoint.Save(workspace, "refs/heads/u", "work", CancellationToken.None);
        Assert.Equal("work", await scratch.Run("ours/hub", "show", "refs/heads/u:new.txt"));
        Assert.Single(Directory.EnumerateDirectories(scratch["ours/hub/set-aside"]));
    }

    /// <summary>Makes it look as if the process that holds it had died: its start does not match any live process.</summary>
    private static async Task Kill(Scratch scratch, Workspace workspace)
    {
        var lease = scratch[$"ours/workspaces/{workspace.Id}.lease"];
        var text = await File.ReadAllTextAsync(lease);
        await File.WriteAllTextAsync(lease, text.Replace($"\"Pid\":{Environment.ProcessId}", "\"Pid\":2147483646", StringComparison.Ordinal));
    }
}
