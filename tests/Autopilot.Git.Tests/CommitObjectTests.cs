using Autopilot.Git.Repository;

namespace Autopilot.Git.Tests;

public sealed class CommitObjectTests
{
    [Theory]
    [InlineData("sha1", "Do it\n\nBecause.\n\nAutopilot-Turn: t\n", 0)]
    [InlineData("sha1", "no line end, née \u4e2d", 330)]
    [InlineData("sha1", "", -90)]
    [InlineData("sha256", "Do it\n", -720)]
    public async Task A_commit_is_what_git_would_have_made_of_it(string format, string message, int minutes)
    {
        using var scratch = await Scratch.Create();
        var user = Directory.CreateDirectory(scratch["other"]).FullName;
        await scratch.Run("other", "init", "-q", "-b", "main", $"--object-format={format}");
        scratch.Write("other/a.txt", "one\n");
        await scratch.Run("other", "add", "--all");
        await scratch.Run("other", "commit", "-q", "-m", "first");
        var hub = await Hub.Open(scratch.Git, await UserRepository.Require(scratch.Git, user, CancellationToken.None), scratch["hub"], CancellationToken.None);
        var (head, tree) = (await scratch.Run("other", "rev-parse", "HEAD"), await scratch.Run("other", "rev-parse", "HEAD^{tree}"));
        var at = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000).ToOffset(TimeSpan.FromMinutes(minutes));
        var date = $"1790000000 {(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}";
        var theirs = await hub.Git.Try(hub.Folder, ["commit-tree", tree, "-p", head], CancellationToken.None, System.Text.Encoding.UTF8.GetBytes(message), new Dictionary<string, string> { ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date });
        var ours = hub.Commit(tree, [head], at, message);
        Assert.Equal(theirs.Text, ours.Hash);
        // git itself finds ours, where its own is not.
        File.Delete(scratch[$"hub/objects/{ours.Hash[..2]}/{ours.Hash[2..]}"]);
        Assert.Null(await hub.Resolve(ours.Hash, CancellationToken.None));
        Assert.Equal(ours, hub.Commit(tree, [head], at, message));
        Assert.Equal(ours, await hub.Resolve(ours.Hash, CancellationToken.None));
        await hub.Git.Run(hub.Folder, CancellationToken.None, "fsck", "--strict", ours.Hash);
    }

    [Fact]
    public async Task What_git_would_refuse_is_mended()
    {
        using var scratch = await Scratch.Create();
        var tree = await scratch.Run("user", "rev-parse", "HEAD^{tree}");
        var made = scratch.Hub.Commit(tree, [], DateTimeOffset.UnixEpoch, "a zero: \0");
        Assert.Equal("a zero: \uFFFD", await scratch.Run("ours/hub", "log", "-1", "--format=%B", made.Hash));
        var odd = CommitObject.Of(tree, [], new GitIdentity(" <Au>to\npilot. ", "a@b"), DateTimeOffset.UnixEpoch, "x");
        Directory.CreateDirectory(scratch[$"ours/hub/objects/{odd.Id.Hash[..2]}"]);
        await File.WriteAllBytesAsync(scratch[$"ours/hub/objects/{odd.Id.Hash[..2]}/{odd.Id.Hash[2..]}"], odd.Stored.ToArray());
        Assert.Equal("Autopilot <a@b>", await scratch.Run("ours/hub", "log", "-1", "--format=%an <%ae>", odd.Id.Hash));
        await scratch.Run("ours/hub", "fsck", "--strict", odd.Id.Hash);
        await scratch.Run("ours/hub", "fsck", "--strict", made.Hash);
    }
}
