using Autopilot.Git.Checkpoints;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Tests;

public sealed class SubmoduleTests
{
    private readonly List<string> notices = [];

    [Fact]
    public async Task A_workspace_has_its_submodules_cold_and_warm_without_any_network()
    {
        using var scratch = await WithSubmodule();
        var head = (await scratch.User.Resolve("HEAD", CancellationToken.None))!.Value;
        Directory.Delete(scratch["library"], recursive: true);
        var before = scratch.Belongings();
        var pool = await Pool(scratch);
        var cold = await pool.Acquire("one", head, CancellationToken.None);
        Assert.Equal("library\n", File.ReadAllText(Path.Combine(cold.Folder, "lib/code.txt")));
        Assert.Equal("", await scratch.Run(cold.Folder, "status", "--porcelain"));
        File.WriteAllText(Path.Combine(cold.Folder, "lib/code.txt"), "changed\n");
        File.WriteAllText(Path.Combine(cold.Folder, "lib/new.txt"), "new\n");
        await pool.Discard(cold, CancellationToken.None);
        var warm = await pool.Acquire("two", head, CancellationToken.None);
        Assert.Equal(cold.Id, warm.Id);
        Assert.Equal("library\n", File.ReadAllText(Path.Combine(warm.Folder, "lib/code.txt")));
        Assert.Equal("", await scratch.Run(warm.Folder, "status", "--porcelain"));
        await pool.Discard(warm, CancellationToken.None);
        var without = await pool.Acquire("three", scratch.First, CancellationToken.None);
        Assert.False(Directory.Exists(Path.Combine(without.Folder, "lib")));
        await pool.Discard(without, CancellationToken.None);
        var again = await pool.Acquire("four", head, CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(again.Folder, "lib/code.txt")));
        await pool.Release(again, CancellationToken.None);
        await pool.Prune(CancellationToken.None);
        Assert.Equal(before, scratch.Belongings());
    }

    [Fact]
    public async Task A_submodule_that_is_not_here_is_named_with_what_to_do()
    {
        using var scratch = await WithSubmodule();
        var head = (await scratch.User.Resolve("HEAD", CancellationToken.None))!.Value;
        Directory.Delete(scratch["user/.git/modules/lib"], recursive: true);
        var error = await Assert.ThrowsAsync<IOException>(async () => await (await Pool(scratch)).Acquire("one", head, CancellationToken.None));
        Assert.Contains("submodule lib", error.Message);
        Assert.Contains("git submodule update --init --recursive", error.Message);
    }

    [Fact]
    public async Task Work_inside_a_submodule_is_kept_on_a_branch_and_does_not_become_part_of_what_lands()
    {
        using var scratch = await WithSubmodule();
        var head = (await scratch.User.Resolve("HEAD", CancellationToken.None))!.Value;
        var pool = await Pool(scratch);
        var workspace = await pool.Acquire("u1", head, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, "lib/code.txt"), "improved\n");
        File.WriteAllText(Path.Combine(workspace.Folder, "a.txt"), "of the worker\n");
        var commit = await new Checkpoint(hub!).Save(workspace, "refs/heads/u1", "work", CancellationToken.None);
        Assert.Equal("of the worker", await scratch.Run("ours/hub", "show", commit.Hash + ":a.txt"));
        Assert.Equal(await scratch.Run("user", "rev-parse", "HEAD:lib"), await scratch.Run("ours/hub", "rev-parse", commit.Hash + ":lib"));
        var notice = Assert.Single(notices);
        var branch = notice.Split(' ')[^1];
        Assert.Equal("improved", await scratch.Run("ours/hub/submodules/lib", "show", branch + ":code.txt"));
    }

    [Fact]
    public async Task A_submodule_may_be_moved_to_another_commit_that_the_user_has()
    {
        using var scratch = await WithSubmodule();
        var head = (await scratch.User.Resolve("HEAD", CancellationToken.None))!.Value;
        scratch.Write("user/lib/code.txt", "second\n");
        await scratch.Run("user/lib", "commit", "-q", "-a", "-m", "second");
        var second = await scratch.Run("user/lib", "rev-parse", "HEAD");
        var workspace = await (await Pool(scratch)).Acquire("u1", head, CancellationToken.None);
        await scratch.Run(Path.Combine(workspace.Folder, "lib"), "checkout", "-q", "--detach", second);
        var commit = await new Checkpoint(hub!).Save(workspace, "refs/heads/u1", "move lib", CancellationToken.None);
        Assert.Equal(second, await scratch.Run("ours/hub", "rev-parse", commit.Hash + ":lib"));
        Assert.Empty(notices);
    }

    private Hub? hub;

    private async Task<WorkspacePool> Pool(Scratch scratch)
    {
        hub = await Hub.Open(scratch.Git, scratch.User, scratch["ours/hub"], CancellationToken.None, new HubWatch(notices.Add, (_, _) => { }));
        return new WorkspacePool(hub, scratch["ours/workspaces"], TimeProvider.System);
    }

    private static async Task<Scratch> WithSubmodule()
    {
        var scratch = await Scratch.Create();
        scratch.Write("library/code.txt", "library\n");
        await scratch.Run("library", "init", "-q", "-b", "main");
        await scratch.Run("library", "add", "--all");
        await scratch.Run("library", "commit", "-q", "-m", "library");
        await scratch.Run("user", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", scratch["library"], "lib");
        await scratch.CommitAsUser("with a library");
        return scratch;
    }
}
