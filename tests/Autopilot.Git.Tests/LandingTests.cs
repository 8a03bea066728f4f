using Autopilot.Core.Merging;
using Autopilot.Git.Landing;

namespace Autopilot.Git.Tests;

public sealed class LandingTests
{
    [Fact]
    public async Task Two_units_merge_and_are_sealed_as_one_verified_commit()
    {
        using var scratch = await Scratch.Create();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        var two = await scratch.Work("two", scratch.First, "b.txt", "by two\n");
        var first = await scratch.Integration.Merge(scratch.First, one, "merge one", CancellationToken.None);
        var second = await scratch.Integration.Merge(first.Commit!.Value, two, "merge two", CancellationToken.None);
        var sealed_ = scratch.Integration.Seal(scratch.First, second.Commit!.Value, second.Tree, "land two");
        Assert.Equal("by one", await scratch.Run("ours/hub", "show", sealed_.Hash + ":a.txt"));
        Assert.Equal("by two", await scratch.Run("ours/hub", "show", sealed_.Hash + ":b.txt"));
        Assert.Equal("land two\nthe first commit", await scratch.Run("ours/hub", "log", "--first-parent", "--format=%s", sealed_.Hash));
        Assert.True(await scratch.Contains(sealed_, one));
        Assert.True(await scratch.Contains(sealed_, two));
    }

    [Fact]
    public async Task A_conflict_names_its_paths_and_changes_nothing()
    {
        using var scratch = await Scratch.Create();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        var two = await scratch.Work("two", scratch.First, "a.txt", "by two\n");
        var merged = await scratch.Integration.Merge(one, two, "merge", CancellationToken.None);
        Assert.False(merged.Merged);
        Assert.Equal(["a.txt"], merged.Conflicts);
        Assert.Contains("a.txt", merged.Detail);
    }

    [Fact]
    public async Task A_path_deleted_by_one_and_changed_by_the_other_is_a_conflict_too()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("one", scratch.First, CancellationToken.None);
        File.Delete(Path.Combine(workspace.Folder, "a.txt"));
        var one = await scratch.Checkpoint.Save(workspace, "refs/heads/one", "delete", CancellationToken.None);
        var two = await scratch.Work("two", scratch.First, "a.txt", "changed\n");
        Assert.Equal(["a.txt"], (await scratch.Integration.Merge(one, two, "merge", CancellationToken.None)).Conflicts);
    }

    [Fact]
    public async Task A_fault_of_git_is_no_conflict()
    {
        using var scratch = await Scratch.Create();
        await Assert.ThrowsAsync<Repository.GitException>(() => scratch.Integration.Merge(scratch.First, new CommitId(new string('1', 40)), "merge", CancellationToken.None));
    }

    [Fact]
    public async Task Green_moves_to_exactly_the_commit_and_only_from_where_it_is_expected()
    {
        using var scratch = await Scratch.Create();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        var two = await scratch.Work("two", one, "b.txt", "by two\n");
        Assert.Null(await scratch.Green.Published(CancellationToken.None));
        Assert.True(await scratch.Green.Advance(one, null, "land one", CancellationToken.None));
        Assert.Equal(one, await scratch.Green.Published(CancellationToken.None));
        Assert.True(await scratch.Green.Advance(one, null, "again, as after a crash", CancellationToken.None));
        Assert.False(await scratch.Green.Advance(two, scratch.First, "from elsewhere", CancellationToken.None));
        Assert.Equal(one, await scratch.Green.Published(CancellationToken.None));
        Assert.True(await scratch.Green.Advance(two, one, "land two", CancellationToken.None));
        Assert.Equal(two, await scratch.Green.Published(CancellationToken.None));
    }

    [Fact]
    public async Task A_race_is_lost_by_all_but_one()
    {
        using var scratch = await Scratch.Create();
        var commits = new List<CommitId>();
        for (var i = 0; i < 4; i++) commits.Add(await scratch.Work($"u{i}", scratch.First, $"{i}.txt", "x\n"));
        var won = await Task.WhenAll(commits.Select(c => Task.Run(() => scratch.Green.Advance(c, null, $"land {c.Short}", CancellationToken.None))));
        Assert.Equal(1, won.Count(w => w));
        Assert.Equal(commits[Array.IndexOf(won, true)], await scratch.Green.Published(CancellationToken.None));
    }

    [Fact]
    public async Task A_branch_that_the_user_has_checked_out_is_not_moved_under_them()
    {
        using var scratch = await Scratch.Create();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        await scratch.Run("user", "worktree", "add", "-q", "-b", "autopilot/green", scratch["linked"]);
        var error = await Assert.ThrowsAsync<BranchInUseException>(() => scratch.Green.Advance(one, scratch.First, "land", CancellationToken.None));
        Assert.Contains("checked out", error.Message);
        Assert.Equal(scratch.First, await scratch.Green.Published(CancellationToken.None));
        await scratch.Run("linked", "checkout", "-q", "--detach");
        Assert.True(await scratch.Green.Advance(one, scratch.First, "land", CancellationToken.None));
    }

    [Fact]
    public async Task Everything_of_the_users_is_byte_identical_and_no_hook_of_theirs_runs()
    {
        using var scratch = await Scratch.Create();
        foreach (var hook in new[] { "pre-commit", "post-commit", "commit-msg", "post-checkout", "post-merge", "reference-transaction", "pre-push", "post-rewrite", "prepare-commit-msg" })
        {
            var file = scratch.Write($"user/.git/hooks/{hook}", $"#!/bin/sh\ntouch {scratch["hook-ran"]}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        scratch.Write("user/a.txt", "staged\n");
        await scratch.Run("user", "-c", "core.hooksPath=/dev/null", "add", "a.txt");
        await scratch.Run("user", "-c", "core.hooksPath=/dev/null", "stash", "-q");
        scratch.Write("user/a.txt", "staged again\n");
        await scratch.Run("user", "-c", "core.hooksPath=/dev/null", "add", "a.txt");
        scratch.Write("user/b.txt", "not staged\n");
        scratch.Write("user/untracked.txt", "mine\n");
        File.Delete(scratch["hook-ran"]);
        var before = scratch.Belongings();

        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        var merged = await scratch.Integration.Merge(scratch.First, one, "merge", CancellationToken.None);
        Assert.True(await scratch.Green.Advance(merged.Commit!.Value, null, "land", CancellationToken.None));
        await scratch.Operations.UndoLast(CancellationToken.None);
        Assert.True(await scratch.Green.Advance(merged.Commit!.Value, null, "land again", CancellationToken.None));
        await scratch.Pool.Prune(CancellationToken.None);

        Assert.Equal(before, scratch.Belongings());
        Assert.False(File.Exists(scratch["hook-ran"]));
        Assert.Equal("by one", await scratch.Run("user", "show", "autopilot/green:a.txt"));
    }
}
