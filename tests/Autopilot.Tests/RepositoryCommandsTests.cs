using System.Text.Json;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Processes;
using Autopilot.Testing;

namespace Autopilot.Tests;

public sealed class RepositoryCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);

    public void Dispose()
    {
        supervisor.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Init_runs_the_verification_it_proposes_and_writes_what_it_showed()
    {
        await Repository(("Makefile", "test:\n\t@echo '3 passed, 1 skipped in 0.01s'\n"));
        var console = Console();
        Assert.Equal(ExitCodes.Done, await console.Run("init", "--yes"));
        Assert.Contains("3 passed, 0 failed, 1 skipped", console.Output);
        var text = File.ReadAllText(folder["repo/autopilot.yaml"]);
        Assert.Contains("verify: make test\n", text);
        Assert.Contains(text, console.Output);
        Assert.Equal(ExitCodes.Done, await Console().Run("config", "validate"));
    }

    [Fact]
    public async Task Init_writes_nothing_unasked_and_never_over_a_file()
    {
        await Repository(("test", "#!/bin/sh\nexit 0\n"));
        var console = Console();
        Assert.Equal(ExitCodes.Done, await console.Run("init"));
        Assert.False(File.Exists(folder["repo/autopilot.yaml"]));
        folder.Write("repo/autopilot.yaml", "sandbox: off\n");
        await Console().Run("init", "--yes");
        Assert.Equal("sandbox: off\n", File.ReadAllText(folder["repo/autopilot.yaml"]));
    }

    [Fact]
    public async Task Init_says_that_a_program_is_missing_and_shows_no_colours_of_tools()
    {
        await Repository(("Makefile", "test:\n\t@printf '\\033[31mred\\033[0m\\n'; exit 1\n"));
        var red = Console();
        Assert.Equal(ExitCodes.NeedsFollowUp, await red.Run("init"));
        Assert.Contains("\nred\n", red.Error);
        Assert.Contains("is red before Autopilot has changed anything", red.Error);

        File.Delete(folder["repo/Makefile"]);
        folder.Write("repo/test", "#!/bin/sh\nexec no-such-program\n");
        File.SetUnixFileMode(folder["repo/test"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Git.Run(folder["repo"], CancellationToken.None, "add", "--all");
        await Git.Run(folder["repo"], CancellationToken.None, "commit", "--quiet", "-m", "second");
        var missing = Console();
        Assert.Equal(ExitCodes.NeedsFollowUp, await missing.Run("init"));
        Assert.Contains("A program of the verification was not found on this machine", missing.Error);
    }

    [Fact]
    public async Task Init_says_red_where_a_clean_checkout_fails()
    {
        await Repository(("Makefile", "test:\n\t@test -f generated\n"));
        folder.Write("repo/generated", "only in the user's checkout");
        var console = Console();
        Assert.Equal(ExitCodes.NeedsFollowUp, await console.Run("init", "--json"));
        var report = JsonDocument.Parse(console.Output).RootElement;
        Assert.False(report.GetProperty("trial").GetProperty("passed").GetBoolean());
        Assert.False(report.GetProperty("written").GetBoolean());
    }

    [Fact]
    public async Task Init_that_recognises_nothing_says_so()
    {
        await Repository(("README.md", "hello"));
        var console = Console();
        Assert.Equal(ExitCodes.NeedsFollowUp, await console.Run("init"));
        Assert.Contains("No test command was recognised", console.Error);
    }

    [Fact]
    public async Task Init_imports_and_lists_what_has_no_key()
    {
        await Repository(("README.md", "hello"));
        folder.Write("repo/mission-control.toml", "[target.verification]\ncommand = \"true\"\n[dashboard]\nport = 8080\n");
        var console = Console();
        Assert.Equal(ExitCodes.Done, await console.Run("init", "--import", "mission-control.toml", "--yes"));
        Assert.Contains("mission-control.toml:4: dashboard.port = 8080", console.Error);
        Assert.Contains("command: 'true'", File.ReadAllText(folder["repo/autopilot.yaml"]));
    }

    [Fact]
    public async Task Undo_lists_and_takes_back_a_landing()
    {
        await Repository(("README.md", "hello"));
        var (user, hub, _) = await Parts();
        var first = (await user.Resolve("HEAD", CancellationToken.None))!.Value;
        var log = new OperationLog(Git, user, folder["repo/.autopilot/operations.jsonl"], TimeProvider.System);
        Assert.True(await new GreenBranch(user, hub, log, "autopilot/green", first, new MergeGate(new AskedGovernor(), "run-1")).Advance(first, null, "land it", CancellationToken.None));
        var list = Console();
        Assert.Equal(ExitCodes.Done, await list.Run("undo", "--list", "--json"));
        Assert.Equal("land it", JsonDocument.Parse(list.Output).RootElement[0].GetProperty("reason").GetString());
        Assert.Equal(ExitCodes.Done, await Console().Run("undo"));
        Assert.Null(await user.Resolve("refs/heads/autopilot/green", CancellationToken.None));
        Assert.NotEqual(ExitCodes.Done, await Console().Run("undo"));
    }

    [Fact]
    public async Task Workspaces_are_listed_and_pruned()
    {
        await Repository(("README.md", "hello"));
        var (user, _, pool) = await Parts();
        var first = (await user.Resolve("HEAD", CancellationToken.None))!.Value;
        var idle = await pool.Acquire("idle", first, CancellationToken.None);
        await pool.Acquire("live", first, CancellationToken.None);
        await pool.Release(idle, CancellationToken.None);
        var prune = Console();
        Assert.Equal(ExitCodes.Done, await prune.Run("workspaces", "prune", "--json"));
        Assert.True(JsonDocument.Parse(prune.Output).RootElement.GetProperty("freed_bytes").GetInt64() >= 5);
        var list = Console();
        Assert.Equal(ExitCodes.Done, await list.Run("workspaces", "list", "--json"));
        var left = Assert.Single(JsonDocument.Parse(list.Output).RootElement.EnumerateArray());
        Assert.Equal(("live", true), (left.GetProperty("owner").GetString(), left.GetProperty("alive").GetBoolean()));
    }

    private GitCommand Git => new(supervisor, Variables, GitIdentity.Autopilot);

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        ["HOME"] = folder["home"],
        ["AUTOPILOT_HOME"] = folder["state"],
    };

    private Console Console() => new() { Folder = folder["repo"], Variables = Variables };

    private async Task Repository(params IEnumerable<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            var file = folder.Write("repo/" + path, text);
            if (text.StartsWith("#!", StringComparison.Ordinal)) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await Git.Run(folder["repo"], CancellationToken.None, "init", "--quiet", "--initial-branch=main");
        await Git.Run(folder["repo"], CancellationToken.None, "add", "--all");
        await Git.Run(folder["repo"], CancellationToken.None, "commit", "--quiet", "-m", "first");
    }

    private async Task<(UserRepository User, Hub Hub, WorkspacePool Pool)> Parts()
    {
        var user = await UserRepository.Require(Git, folder["repo"], CancellationToken.None);
        var outside = new Composition.Places(Variables).WorkspacesOf(folder["repo"]);
        var hub = await Hub.Open(Git, user, Path.Combine(outside, "hub.git"), CancellationToken.None);
        return (user, hub, new WorkspacePool(hub, Path.Combine(outside, "pool"), TimeProvider.System));
    }
}
