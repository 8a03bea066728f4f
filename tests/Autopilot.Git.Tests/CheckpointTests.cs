using Autopilot.Git.Checkpoints;

namespace Autopilot.Git.Tests;

public sealed class CheckpointTests
{
    [Fact]
    public async Task What_the_agent_left_becomes_one_commit_on_the_branch_without_ignored_files()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "changed\n");
        File.WriteAllText(Path.Combine(workspace.Folder, "née \"quoted\".txt"), "new\n");
        File.Delete(Path.Combine(workspace.Folder, "b.txt"));
        File.WriteAllBytes(Path.Combine(workspace.Folder, ":binary\ttab"), [0, 1, 2]);
        Directory.CreateDirectory(Path.Combine(workspace.Folder, "ignored"));
        File.WriteAllText(Path.Combine(workspace.Folder, "ignored/secret"), "no");

        var commit = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "Do it\n\nAutopilot-Unit: u\n", CancellationToken.None);

        Assert.Equal(commit, await scratch.Hub.Resolve("refs/heads/u", CancellationToken.None));
        var differences = await scratch.Checkpoint.Differences(scratch.First, commit, CancellationToken.None);
        Assert.Equal([new(":binary\ttab", 'A', 0), new("a.txt", 'M', 2), new("b.txt", 'D', 1), new FileDifference("née \"quoted\".txt", 'A', 1)], differences.OrderBy(d => d.Path, StringComparer.Ordinal));
        Assert.Contains("Autopilot-Unit: u", await scratch.Run("ours/hub", "log", "-1", "--format=%B", "refs/heads/u"));
        Assert.Contains("+changed", await scratch.Checkpoint.Diff(scratch.First, commit, 10_000, CancellationToken.None, "a.txt"));
        Assert.Contains("[cut: ", await scratch.Checkpoint.Diff(scratch.First, commit, 20, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_to_commit_gives_the_base_and_makes_no_branch()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        Assert.Equal(scratch.First, await scratch.Checkpoint.Save(workspace, "refs/heads/u", "Nothing", CancellationToken.None));
        Assert.Null(await scratch.Hub.Resolve("refs/heads/u", CancellationToken.None));
    }

    [Fact]
    public async Task The_agents_own_commits_are_kept_below()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "own\n");
        await scratch.Run(workspace.Folder, "commit", "-qam", "the agent's own");
        File.WriteAllText(Path.Combine(workspace.Folder, "b.txt"), "rest\n");
        await scratch.Checkpoint.Save(workspace, "refs/heads/u", "the rest", CancellationToken.None);
        Assert.Equal("the rest\nthe agent's own\nthe first commit", await scratch.Run("ours/hub", "log", "--format=%s", "refs/heads/u"));
    }

    [Fact]
    public async Task A_second_checkpoint_of_the_same_attempt_moves_the_branch_on()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "1\n");
        var first = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "1", CancellationToken.None);
        Assert.Equal(first, await scratch.Checkpoint.Save(workspace, "refs/heads/u", "again", CancellationToken.None));
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "2\n");
        var second = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "2", CancellationToken.None);
        Assert.True(await scratch.Contains(second, first));
    }

    [Fact]
    public async Task A_stage_that_a_dead_process_left_locked_stops_no_checkpoint()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "1\n");
        File.WriteAllText(Path.Combine(await scratch.Run(workspace.Folder, "rev-parse", "--absolute-git-dir"), "index.lock"), "");
        var adopted = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        var commit = await scratch.Checkpoint.Save(adopted, "refs/heads/u", "after a crash", CancellationToken.None);
        Assert.NotEqual(scratch.First, commit);
    }

    [Fact]
    public async Task A_merge_that_the_agent_left_unfinished_is_kept_as_it_stands()
    {
        using var scratch = await Scratch.Create();
        await scratch.Work("other", scratch.First, "a.txt", "theirs\n");
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "ours\n");
        await scratch.Run(workspace.Folder, "commit", "-qam", "ours");
        await Assert.ThrowsAsync<InvalidOperationException>(() => scratch.Run(workspace.Folder, "merge", "refs/heads/unit/other"));
        var commit = await scratch.Checkpoint.Save(workspace, "refs/heads/u", "as it stands", CancellationToken.None);
        Assert.Contains("<<<<<<<", await scratch.Run("ours/hub", "show", commit.Hash + ":a.txt"));
    }

    [Fact]
    public async Task A_repository_that_the_agent_made_inside_is_no_reason_to_fail()
    {
        using var scratch = await Scratch.Create();
        var workspace = await scratch.Pool.Acquire("u", scratch.First, CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(workspace.Folder, "inner"));
        await scratch.Run(Path.Combine(workspace.Folder, "inner"), "init", "-q");
        File.WriteAllText(Path.Combine(workspace.Folder, "inner/file.txt"), "kept");
        Directory.CreateDirectory(Path.Combine(workspace.Folder, "second"));
        await scratch.Run(Path.Combine(workspace.Folder, "second"), "init", "-q");
        File.WriteAllText(Path.Combine(workspace.Folder, "second/file.txt"), "committed inside");
        await scratch.Run(Path.Combine(workspace.Folder, "second"), "add", ".");
        await scratch.Run(Path.Combine(workspace.Folder, "second"), "commit", "-qm", "inside");
        await scratch.Checkpoint.Save(workspace, "refs/heads/u", "with repositories inside", CancellationToken.None);
        Assert.Equal("committed inside", await scratch.Run("ours/hub", "show", "refs/heads/u:second/file.txt"));
        Assert.Equal("kept", await scratch.Run("ours/hub", "show", "refs/heads/u:inner/file.txt"));
    }
}
