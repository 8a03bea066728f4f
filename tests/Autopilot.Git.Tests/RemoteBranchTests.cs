using Autopilot.Core;
using Autopilot.Core.Merging;
using Autopilot.Git.Landing;

namespace Autopilot.Git.Tests;

public sealed class RemoteBranchTests
{
    [Fact]
    public async Task Green_reaches_the_remote_and_nothing_of_the_users_changes()
    {
        using var scratch = await WithRemote();
        await scratch.Run("user", "fetch", "-q", "origin");
        Executable(scratch.Write("user/.git/hooks/pre-push", $"#!/bin/sh\ntouch {scratch["hook-ran"]}\n"));
        var before = scratch.Belongings();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(one, CancellationToken.None)).End);
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(one, CancellationToken.None)).End);
        Assert.Equal(one.Hash, await scratch.Run("remote.git", "rev-parse", "autopilot/green"));
        Assert.Equal(before, scratch.Belongings());
        Assert.False(File.Exists(scratch["hook-ran"]));
    }

    [Fact]
    public async Task What_somebody_else_pushed_is_never_overwritten_and_comes_back_to_be_merged()
    {
        using var scratch = await WithRemote();
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        var theirs = await PushedByAnother(scratch, "b.txt");
        var before = scratch.Belongings();
        var answer = await Remote(scratch).Push(one, CancellationToken.None);
        Assert.Equal((PushEnd.Moved, theirs), (answer.End, answer.Upstream!.Value));
        Assert.Equal(theirs.Hash, await scratch.Run("remote.git", "rev-parse", "autopilot/green"));
        var both = await scratch.Integration.Merge(one, answer.Upstream.Value, "both", CancellationToken.None);
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(both.Commit!.Value, CancellationToken.None)).End);
        Assert.Equal("by another", await scratch.Run("remote.git", "show", "autopilot/green:b.txt"));
        Assert.Equal(before, scratch.Belongings());
        Assert.True(await scratch.Green.Advance(both.Commit.Value, null, "land", CancellationToken.None));
        await scratch.Run("user", "fsck", "--strict", "--no-dangling");
    }

    [Fact]
    public async Task A_rule_of_the_remote_is_told()
    {
        using var scratch = await WithRemote();
        Executable(scratch.Write("remote.git/hooks/pre-receive", "#!/bin/sh\necho 'only on Mondays' >&2\nexit 1\n"));
        var answer = await Remote(scratch).Push(await scratch.Work("one", scratch.First, "a.txt", "x\n"), CancellationToken.None);
        Assert.Equal(PushEnd.Refused, answer.End);
        Assert.Contains("only on Mondays", answer.Detail);
    }

    [Fact]
    public async Task A_remote_that_is_not_there_or_asks_for_a_password_fails_with_the_secret_masked()
    {
        using var scratch = await WithRemote();
        await scratch.Run("user", "remote", "set-url", "origin", "http://someone:hunter2@127.0.0.1:1/repository.git");
        var answer = await Remote(scratch).Push(scratch.First, CancellationToken.None);
        Assert.Equal(PushEnd.Failed, answer.End);
        Assert.NotEmpty(answer.Detail);
        Assert.DoesNotContain("hunter2", answer.Detail);
    }

    [Fact]
    public async Task A_remote_with_a_relative_path_is_the_one_that_the_user_means()
    {
        using var scratch = await WithRemote();
        await scratch.Run("user", "remote", "set-url", "origin", "../remote.git");
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(scratch.First, CancellationToken.None)).End);
    }

    [Fact]
    public async Task A_remote_that_does_not_exist_is_named()
    {
        using var scratch = await Scratch.Create();
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Remote(scratch).Push(scratch.First, CancellationToken.None));
        Assert.Contains("no remote origin", error.Message);
        Assert.Contains("mission.push_remote", error.Message);
    }

    [Fact]
    public async Task The_users_own_credentials_are_used()
    {
        using var scratch = await WithRemote();
        scratch.Write("home/.gitconfig", $"[url \"{scratch["remote.git"]}\"]\n\tinsteadOf = mine:\n");
        await scratch.Run("user", "remote", "set-url", "origin", "mine:");
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(scratch.First, CancellationToken.None)).End);
    }

    [Theory]
    [InlineData("!\tabc:refs/heads/x\t[rejected] (fetch first)", PushEnd.Moved)]
    [InlineData("!\tabc:refs/heads/x\t[rejected] (non-fast-forward)", PushEnd.Moved)]
    [InlineData("!\tabc:refs/heads/x\t[remote rejected] (cannot lock ref 'refs/heads/x': is at 1 but expected 2)", PushEnd.Failed)]
    [InlineData("!\tabc:refs/heads/x\t[remote rejected] (pre-receive hook declined)", PushEnd.Refused)]
    [InlineData("!\tabc:refs/heads/x\t[remote rejected] (protected branch; fetch first a reviewer)", PushEnd.Refused)]
    [InlineData("", PushEnd.Failed)]
    public void The_answer_of_git_is_read(string line, PushEnd end) => Assert.Equal(end, PushAnswer.Of(new(1, $"To there\n{line}\nDone\n", "")).End);

    private static RemoteBranch Remote(Scratch scratch) =>
        new(scratch.NetworkGit, scratch.User, scratch.Hub, "origin", "autopilot/green", TimeProvider.System, text => text.Replace("hunter2", "***", StringComparison.Ordinal), scratch.Gate);

    private static async Task<Scratch> WithRemote()
    {
        var scratch = await Scratch.Create();
        await scratch.Run(".", "init", "-q", "--bare", scratch["remote.git"]);
        await scratch.Run("user", "remote", "add", "origin", scratch["remote.git"]);
        return scratch;
    }

    private static async Task<CommitId> PushedByAnother(Scratch scratch, string file)
    {
        await scratch.Run(".", "clone", "-q", scratch["user"], scratch["another"]);
        scratch.Write("another/" + file, "by another\n");
        await scratch.Run("another", "commit", "-q", "-a", "-m", "theirs");
        await scratch.Run("another", "push", "-q", scratch["remote.git"], "HEAD:refs/heads/autopilot/green");
        return new CommitId(await scratch.Run("another", "rev-parse", "HEAD"));
    }

    private static void Executable(string file) => File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
