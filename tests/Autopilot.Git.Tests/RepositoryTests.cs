using Autopilot.Core;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Tests;

public sealed class RepositoryTests
{
    [Fact]
    public async Task A_repository_is_found_from_below_and_from_a_linked_worktree()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("user/src/deep/file.txt", "");
        var below = await UserRepository.Find(scratch.Git, scratch["user/src/deep"], CancellationToken.None);
        Assert.Equal(scratch.User.Root, below!.Root);
        await scratch.Run("user", "worktree", "add", "-q", scratch["linked"], "-b", "side");
        var linked = await UserRepository.Find(scratch.Git, scratch["linked"], CancellationToken.None);
        Assert.Equal(scratch.User.CommonFolder, linked!.CommonFolder);
        Assert.Equal(["refs/heads/main", "refs/heads/side"], (await linked.CheckedOutBranches(CancellationToken.None)).Order(StringComparer.Ordinal));
        Assert.Equal("side", await linked.CurrentBranch(CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_without_a_repository_is_told_what_to_do()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("elsewhere/x", "");
        Assert.Null(await UserRepository.Find(scratch.Git, scratch["elsewhere"], CancellationToken.None));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => UserRepository.Require(scratch.Git, scratch["elsewhere"], CancellationToken.None));
        Assert.Contains("git init", error.Message);
    }

    [Fact]
    public async Task A_revision_that_does_not_exist_resolves_to_nothing()
    {
        using var scratch = await Scratch.Create();
        Assert.Equal(scratch.First, await scratch.User.Resolve("HEAD", CancellationToken.None));
        Assert.Null(await scratch.User.Resolve("no-such-branch", CancellationToken.None));
        Assert.Null(await scratch.User.Resolve("--help", CancellationToken.None));
        await scratch.Run("user", "checkout", "-q", "--detach");
        Assert.Null(await scratch.User.CurrentBranch(CancellationToken.None));
    }

    [Fact]
    public async Task What_work_began_at_survives_an_amend_and_a_gc_of_the_users()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("user/a.txt", "two\n");
        var start = await scratch.CommitAsUser("to be amended");
        await scratch.User.Keep(start, CancellationToken.None);
        var workspace = await scratch.Pool.Acquire("run/unit", start, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "work.txt"), "work\n");
        var work = await scratch.Checkpoint.Save(workspace, "refs/heads/units/one", "work", CancellationToken.None);
        await scratch.Run("user", "reset", "-q", "--hard", scratch.First.Hash);
        await scratch.Run("user", "reflog", "expire", "--expire=now", "--all");
        await scratch.Run("user", "gc", "-q", "--prune=now");
        Assert.Equal("a.txt\nb.txt\n.gitignore\nwork.txt\n".Split('\n').Order(), (await scratch.Git.Run(scratch.Hub.Folder, CancellationToken.None, "ls-tree", "--name-only", work.Hash)).Output.Split('\n').Order());
        Assert.Equal("two", (await scratch.Git.Run(scratch.Hub.Folder, CancellationToken.None, "show", $"{work.Hash}:a.txt")).Text);
    }

    [Fact]
    public async Task Excluding_appends_once_and_keeps_what_is_there()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("user/.git/info/exclude", "mine");
        await scratch.User.Exclude("/.autopilot/", CancellationToken.None);
        await scratch.User.Exclude("/.autopilot/", CancellationToken.None);
        Assert.Equal("mine\n/.autopilot/\n", scratch.Read("user/.git/info/exclude"));
    }

    [Fact]
    public async Task The_hub_knows_the_users_commits_and_moves_its_refs_by_compare_and_swap()
    {
        using var scratch = await Scratch.Create();
        Assert.Equal(scratch.First, await scratch.Hub.Resolve(scratch.First.Hash, CancellationToken.None));
        scratch.Write("user/a.txt", "two\n");
        var second = await scratch.CommitAsUser("the second");
        Assert.True(await scratch.Hub.Move("refs/heads/x", scratch.First, null, "begin", CancellationToken.None));
        Assert.False(await scratch.Hub.Move("refs/heads/x", second, second, "from elsewhere", CancellationToken.None));
        Assert.True(await scratch.Hub.Move("refs/heads/x", second, scratch.First, "on", CancellationToken.None));
        Assert.True(await scratch.Hub.Move("refs/heads/x", second, scratch.First, "again, as after a crash", CancellationToken.None));
        Assert.Equal([second], (await scratch.Hub.Refs("refs/heads/", CancellationToken.None)).Values);
        Assert.True(await scratch.User.Contains(second, scratch.First, CancellationToken.None));
        Assert.False(await scratch.User.Contains(scratch.First, second, CancellationToken.None));
    }

    [Fact]
    public async Task Opening_the_hub_again_keeps_it_and_a_half_made_one_is_finished()
    {
        using var scratch = await Scratch.Create();
        await scratch.Hub.Move("refs/heads/x", scratch.First, null, "begin", CancellationToken.None);
        File.Delete(scratch["ours/hub/objects/info/alternates"]);
        var again = await Hub.Open(scratch.Git, scratch.User, scratch["ours/hub"], CancellationToken.None);
        Assert.Equal(scratch.First, await again.Resolve("refs/heads/x", CancellationToken.None));
    }

    [Fact]
    public async Task A_git_that_was_killed_while_it_made_a_hub_leaves_nothing_that_stops_the_next()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("ours/half/refs/heads/.keep", "");
        scratch.Write("ours/half/HEAD.lock", "");
        var half = await Hub.Open(scratch.Git, scratch.User, scratch["ours/half"], CancellationToken.None);
        Assert.True(await half.Move("refs/heads/x", scratch.First, null, "begin", CancellationToken.None));
        Assert.Equal(["half", "hub"], Directory.GetDirectories(scratch["ours"], "h*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_that_make_the_hub_at_once_have_the_same_one()
    {
        using var scratch = await Scratch.Create();
        var hubs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Hub.Open(scratch.Git, scratch.User, scratch["ours/other"], CancellationToken.None)));
        Assert.True(await hubs[0].Move("refs/heads/x", scratch.First, null, "begin", CancellationToken.None));
        foreach (var hub in hubs) Assert.Equal(scratch.First, await hub.Resolve("refs/heads/x", CancellationToken.None));
    }

    [Fact]
    public async Task The_hub_of_a_repository_that_borrows_objects_itself_sees_all_of_them()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run(".", "clone", "-q", "--shared", scratch["user"], scratch["borrower"]);
        var borrower = await UserRepository.Require(scratch.Git, scratch["borrower"], CancellationToken.None);
        var hub = await Hub.Open(scratch.Git, borrower, scratch["ours/other"], CancellationToken.None);
        Assert.Equal(scratch.First, await hub.Resolve(scratch.First.Hash, CancellationToken.None));
    }

    [Theory]
    [InlineData("run-1/unit two/attempt 3", "run-1/unit-two/attempt-3")]
    [InlineData("a..b//c.lock", "a.-b/c-lock")]
    [InlineData("~^:?*[\\", "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("x/.hidden", "x/hidden")]
    public async Task Any_text_makes_a_name_that_git_accepts(string text, string name)
    {
        Assert.Equal(name, RefName.From(text));
        using var scratch = await Scratch.Create();
        await scratch.Run("user", "check-ref-format", "refs/heads/" + name);
    }

    [Theory]
    [InlineData("autopilot/green", true)]
    [InlineData("grün.1_x-y@z", true)]
    [InlineData("a{b}", true)]
    [InlineData("a.lock/b", false)]
    [InlineData("bad..name", false)]
    [InlineData("bad name", false)]
    [InlineData("-bad", false)]
    [InlineData("bad.", false)]
    [InlineData("bad/", false)]
    [InlineData("/bad", false)]
    [InlineData("a//b", false)]
    [InlineData("a/.b", false)]
    [InlineData("a@{b", false)]
    [InlineData("a~1", false)]
    [InlineData("a^", false)]
    [InlineData("a:b", false)]
    [InlineData("a?", false)]
    [InlineData("a*", false)]
    [InlineData("a[b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u007fb", false)]
    public async Task A_name_of_a_branch_is_judged_as_git_does(string name, bool good)
    {
        Assert.Equal(good, RefName.IsBranch(name));
        using var scratch = await Scratch.Create();
        Assert.Equal(good, (await scratch.Git.Try(scratch.User.Root, ["check-ref-format", "--branch", name], CancellationToken.None)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("HEAD")]
    public void What_means_something_else_is_no_name_of_a_branch(string name) => Assert.False(RefName.IsBranch(name));
}
