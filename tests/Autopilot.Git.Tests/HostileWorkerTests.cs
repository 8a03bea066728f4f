using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Tests;

/// <summary>A worker outside the sandbox writes whatever it likes into what all workspaces share; none of it runs or decides anything.</summary>
public sealed class HostileWorkerTests
{
    private readonly List<string> notices = [];
    private readonly List<string> counted = [];

    [Theory]
    [InlineData("filter.evil.clean", "* filter=evil")]
    [InlineData("filter.evil.smudge", "* filter=evil")]
    [InlineData("filter.evil.process", "* filter=evil")]
    [InlineData("merge.evil.driver", "* merge=evil")]
    [InlineData("diff.evil.textconv", "* diff=evil")]
    [InlineData("diff.evil.command", "* diff=evil")]
    [InlineData("core.fsmonitor", "")]
    [InlineData("core.sshCommand", "")]
    [InlineData("core.pager", "")]
    [InlineData("core.editor", "")]
    [InlineData("gpg.program", "")]
    [InlineData("core.alternateRefsCommand", "")]
    [InlineData("diff.external", "")]
    [InlineData("credential.helper", "")]
    public async Task No_command_that_it_configures_is_run(string key, string attributes)
    {
        using var scratch = await Scratch.Create();
        var hub = await Opened(scratch);
        var worker = await scratch.Pool.Acquire("evil", scratch.First, CancellationToken.None);
        await scratch.Run(worker.Folder, "config", key, Evil(scratch));
        File.WriteAllText(Path.Combine(worker.Folder, ".gitattributes"), attributes + "\n");
        File.WriteAllText(Path.Combine(worker.Folder, "a.txt"), "of the worker\n");
        await EverythingAfter(scratch, hub, worker);
        Assert.False(File.Exists(scratch["evil-ran"]));
        Assert.Contains(notices, n => n.Contains("config", StringComparison.Ordinal));
        Assert.Contains("autopilot_hub_files_put_back_total{file=\"config\"}", counted);
    }

    [Fact]
    public async Task No_hook_that_it_leaves_is_run()
    {
        using var scratch = await Scratch.Create();
        var hub = await Opened(scratch);
        var worker = await scratch.Pool.Acquire("evil", scratch.First, CancellationToken.None);
        foreach (var name in new[] { "pre-commit", "post-commit", "post-checkout", "reference-transaction", "post-index-change", "pre-merge-commit", "commit-msg", "post-rewrite" })
        {
            var hook = scratch.Write($"ours/hub/hooks/{name}", $"#!/bin/sh\n{Evil(scratch)}\n");
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(Path.Combine(worker.Folder, "a.txt"), "of the worker\n");
        await EverythingAfter(scratch, hub, worker);
        Assert.False(File.Exists(scratch["evil-ran"]));
    }

    [Fact]
    public async Task What_it_excludes_for_everybody_hides_nobodys_work()
    {
        using var scratch = await Scratch.Create();
        scratch.Write("user/.git/info/exclude", "theirs.txt\n");
        var hub = await Opened(scratch);
        scratch.Write("ours/hub/info/exclude", "*\n__pycache__/\ntheirs.txt\n");
        scratch.Write("ours/hub/info/attributes", "*.txt text eol=crlf\n");
        var workspace = await new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System).Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "new.txt"), "work\n");
        var commit = await new Checkpoints.Checkpoint(hub).Save(workspace, "refs/heads/u", "work", CancellationToken.None);
        Assert.Equal("work", await scratch.Run("ours/hub", "show", commit.Hash + ":new.txt"));
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(workspace.Folder, "a.txt")));
        Assert.Equal("__pycache__/\ntheirs.txt\n", scratch.Read("ours/hub/info/exclude"));
        Assert.False(File.Exists(scratch["ours/hub/info/attributes"]));
        Assert.NotEmpty(notices);
    }

    [Fact]
    public async Task What_it_wants_to_be_seen_in_place_of_a_commit_is_not_seen()
    {
        using var scratch = await Scratch.Create();
        var hub = await Opened(scratch);
        var one = await scratch.Work("one", scratch.First, "a.txt", "honest\n");
        var two = await scratch.Work("two", scratch.First, "a.txt", "forged\n");
        await scratch.Run("ours/hub", "replace", one.Hash, two.Hash);
        scratch.Write("ours/hub/info/grafts", $"{one.Hash}\n");
        var workspace = await new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System).Acquire("v", one, CancellationToken.None);
        Assert.Equal("honest\n", File.ReadAllText(Path.Combine(workspace.Folder, "a.txt")));
        Assert.True((await hub.Git.Try(hub.Folder, ["merge-base", "--is-ancestor", scratch.First.Hash, one.Hash], CancellationToken.None)).Succeeded);
    }

    [Theory]
    [InlineData("commondir")]
    [InlineData("alternates")]
    [InlineData("link")]
    public async Task A_repository_of_its_own_is_not_taken_for_the_hub(string pointer)
    {
        using var scratch = await Scratch.Create();
        var hub = await Opened(scratch);
        var worker = await scratch.Pool.Acquire("evil", scratch.First, CancellationToken.None);
        var registered = await scratch.Run(worker.Folder, "rev-parse", "--absolute-git-dir");
        await scratch.Run(".", "clone", "-q", "--bare", scratch["user"], scratch["evil.git"]);
        await scratch.Run("evil.git", "config", "core.fsmonitor", Evil(scratch));
        await scratch.Run("evil.git", "config", "filter.evil.clean", Evil(scratch));
        File.WriteAllText(Path.Combine(worker.Folder, ".gitattributes"), "* filter=evil\n");
        File.WriteAllText(Path.Combine(worker.Folder, "a.txt"), "of the worker\n");
        var (file, text) = pointer switch
        {
            "commondir" => (Path.Combine(registered, "commondir"), scratch["evil.git"]),
            "alternates" => (scratch["ours/hub/objects/info/alternates"], scratch["nowhere"]),
            _ => (Path.Combine(worker.Folder, ".git"), $"gitdir: {scratch["evil.git"]}"),
        };
        File.WriteAllText(file, text + "\n");
        await EverythingAfter(scratch, hub, worker);
        Assert.False(File.Exists(scratch["evil-ran"]));
    }

    [Fact]
    public async Task The_users_own_settings_of_checkouts_are_taken_over_and_change_without_a_word()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run("user", "config", "core.eol", "crlf");
        await scratch.Run("user", "config", "filter.mine.smudge", Evil(scratch));
        await Opened(scratch);
        Assert.Contains("eol = \"crlf\"", scratch.Read("ours/hub/config"));
        Assert.DoesNotContain("filter", scratch.Read("ours/hub/config"));
        Assert.Equal("crlf", await scratch.Run("ours/hub", "config", "core.eol"));
        Assert.Empty(notices);
        Assert.Empty(counted);
    }

    [Fact]
    public async Task A_repository_of_sha256_has_a_hub_of_sha256()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run(".", "init", "-q", "--object-format=sha256", scratch["modern"]);
        await scratch.Run("modern", "commit", "-q", "--allow-empty", "-m", "first");
        var user = await UserRepository.Require(scratch.Git, scratch["modern"], CancellationToken.None);
        var hub = await Hub.Open(scratch.Git, user, scratch["ours/modern"], CancellationToken.None);
        var head = (await user.Resolve("HEAD", CancellationToken.None))!.Value;
        Assert.Equal(64, head.Hash.Length);
        Assert.Equal(head, await hub.Resolve(head.Hash, CancellationToken.None));
    }

    private Task<Hub> Opened(Scratch scratch) => Hub.Open(scratch.Git, scratch.User, scratch["ours/hub"], CancellationToken.None, new HubWatch(notices.Add, (name, labels) => counted.Add($"{name}{{{labels}}}")));

    private static string Evil(Scratch scratch) => $"touch {scratch["evil-ran"]}; cat";

    /// <summary>All that Autopilot does with git once a worker is done.</summary>
    private static async Task EverythingAfter(Scratch scratch, Hub hub, Workspace worker)
    {
        var pool = new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System);
        var checkpoints = new Checkpoints.Checkpoint(hub);
        var commit = await checkpoints.Save(worker, "refs/heads/evil", "work", CancellationToken.None);
        await checkpoints.Differences(scratch.First, commit, CancellationToken.None);
        await checkpoints.Diff(scratch.First, commit, 1000, CancellationToken.None);
        await pool.Release(worker, CancellationToken.None);
        var other = await scratch.Work("other", scratch.First, "b.txt", "of another\n");
        var merged = await new Landing.Integration(hub, TimeProvider.System).Merge(other, commit, "merge", CancellationToken.None);
        var verification = await pool.Acquire("verify", merged.Commit!.Value, CancellationToken.None);
        Assert.Equal("of the worker\n", File.ReadAllText(Path.Combine(verification.Folder, "a.txt")));
        await pool.Discard(verification, CancellationToken.None);
        Assert.True(await new Landing.GreenBranch(scratch.User, hub, scratch.Operations, "autopilot/green", scratch.First, scratch.Gate).Advance(merged.Commit.Value, null, "land", CancellationToken.None));
        await pool.List(CancellationToken.None);
        await pool.Prune(CancellationToken.None);
    }
}
