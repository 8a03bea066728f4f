using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;
using Autopilot.Testing;

namespace Autopilot.Agents.Tests.Supervision;

/// <summary>Scripts as agents, as real processes.</summary>
public sealed class CommandAgentTests : IDisposable
{
    private readonly TemporaryFolder workspace = new();
    private readonly TemporaryFolder programs = new();
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly List<AgentEvent> events = [];
    private readonly LiveSessions sessions = new();
    private readonly TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_script_of_three_lines_is_an_agent()
    {
        var outcome = await Run("#!/bin/sh\ncat > notes.txt\ncmp -s notes.txt \"$AUTOPILOT_PROMPT_FILE\" && echo \"wrote it\"\n", "remember the milk");
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Equal("wrote it", outcome.FinalText);
        Assert.Equal(["notes.txt"], outcome.FilesChanged);
        Assert.Contains(new FileChanged("notes.txt", "add", "remember the milk"), events);
    }

    [Fact]
    public async Task A_pipe_that_it_leaves_is_not_waited_for_and_nothing_is_read_through_its_links()
    {
        programs.Write("outside/secret.txt", "precious");
        var outcome = await Run($"#!/bin/sh\nmkfifo pipe\nln -s '{programs["outside"]}' sub\necho hi > made.txt\necho '{{\"type\":\"file_change\",\"path\":\"sub/secret.txt\",\"change\":\"update\"}}'\n");
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Contains("made.txt", outcome.FilesChanged!);
        Assert.Contains(new FileChanged("sub/secret.txt", "update", null), events);
        Assert.DoesNotContain(events, e => e is FileChanged { Content: "precious" });
    }

    [Fact]
    public async Task Its_exit_code_decides()
    {
        var outcome = await Run("#!/bin/sh\necho all done\necho no luck >&2\nexit 3\n");
        Assert.Equal((OutcomeKind.Failed, 3), (outcome.Kind, outcome.ExitCode));
        Assert.Contains("no luck", outcome.Detail);
        Assert.Contains(new AgentStderr("no luck"), events);
    }

    [Fact]
    public async Task It_sees_no_secret_of_ours()
    {
        await Run("#!/bin/sh\nenv > env.txt\n");
        var seen = File.ReadAllText(workspace["env.txt"]);
        Assert.DoesNotContain("hunter2", seen);
        Assert.Contains("AUTOPILOT_SESSION=", seen);
    }

    [Fact]
    public async Task Silence_ends_it()
    {
        var outcome = await Run("#!/bin/sh\necho hi\nsleep 600\n", limits: new() { Silence = TimeSpan.FromSeconds(1) });
        Assert.Equal((OutcomeKind.Failed, FailureKind.Silence), (outcome.Kind, outcome.Failure));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("turn_end")]
    public async Task A_cost_beyond_its_budget_ends_it_whatever_it_said_before(string said)
    {
        var outcome = await Run($$"""
            #!/bin/sh
            echo '{"type":"{{said}}","text":"done"}'
            echo '{"type":"usage","input":10,"costUsd":0.6}'
            echo '{"type":"usage","input":10,"costUsd":0.6}'
            sleep 600
            """, limits: new() { BudgetUsd = 1 });
        Assert.Equal((OutcomeKind.Limited, LimitKind.Budget, 1.2m), (outcome.Kind, outcome.Limit, outcome.CostUsd));
    }

    [Fact]
    public async Task A_limit_that_it_reports_is_believed_for_some_days_and_is_its_own()
    {
        var outcome = await Run("""
            #!/bin/sh
            echo '{"type":"turn_end","failure":"rate_limit","retryAt":"9999-01-01T00:00:00Z"}'
            exit 75
            """);
        Assert.Equal(FailureKind.RateLimit, outcome.Failure);
        Assert.InRange(outcome.RetryAt!.Value, TimeProvider.System.GetUtcNow().AddDays(7), TimeProvider.System.GetUtcNow().AddDays(8));
        var shell = new AgentShell { Processes = supervisor, Workspaces = new WorkspaceObserver(supervisor, TimeProvider.System, new Dictionary<string, string>()), Clock = TimeProvider.System, Variables = new Dictionary<string, string>() };
        var catalog = new AgentCatalog([new() { Name = "mine", Kind = "command", Command = ["true"] }, new() { Name = "wrapper", Kind = "command", Command = ["true"], Vendor = "anthropic" }], shell);
        Assert.Equal(("mine", "anthropic", "openai"), (catalog.Get("mine").Vendor, catalog.Get("wrapper").Vendor, catalog.Get("codex").Vendor));
    }

    [Fact]
    public async Task A_workspace_that_is_filled_ends_it_as_limited_and_that_is_recorded()
    {
        var outcome = await Run("#!/bin/sh\ni=0; while :; do head -c 1000000 /dev/zero > fill$i; i=$((i+1)); sleep 0.05; done\n", limits: new() { WorkspaceBytes = 2 << 20, WallClock = TimeSpan.FromMinutes(2) });
        Assert.Equal((OutcomeKind.Limited, LimitKind.Disk), (outcome.Kind, outcome.Limit));
        Assert.Contains("grew by more than 2 MiB", outcome.Detail);
        Assert.Contains(events.OfType<AgentStatus>(), status => status.Text.StartsWith("ended: its workspace grew by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_that_runs_out_ends_it_as_limited_and_blames_nobody()
    {
        var running = Run("#!/bin/sh\necho begun\nsleep 600\n");
        await said.Task;
        Assert.Single(sessions.All).EndForMemory("only 1 MiB was free");
        var outcome = await running;
        Assert.Equal((OutcomeKind.Limited, FailureKind.None, LimitKind.Memory), (outcome.Kind, outcome.Failure, outcome.Limit));
        Assert.Contains("nobody's fault", outcome.Detail);
        Assert.Contains(new AgentStatus("ended: only 1 MiB was free"), events);
        Assert.True(sessions.IsEmpty);
    }

    public void Dispose()
    {
        supervisor.Dispose();
        workspace.Dispose();
        programs.Dispose();
    }

    private Task<AgentOutcome> Run(string script, string prompt = "go", AgentLimits? limits = null)
    {
        var program = programs.Write("agent.sh", script);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["HOME"] = programs.Path, ["MY_PASSWORD"] = "hunter2" };
        var shell = new AgentShell { Processes = supervisor, Workspaces = new WorkspaceObserver(supervisor, TimeProvider.System, variables), Clock = TimeProvider.System, Variables = variables, Sessions = sessions };
        var request = new AgentRequest { Prompt = prompt, Workspace = workspace.Path, Limits = limits ?? new() };
        return new AgentCatalog([], shell).Get(program).RunAsync(request, Observe, CancellationToken.None);
    }

    private ValueTask Observe(AgentEvent value)
    {
        events.Add(value);
        if (value is AssistantText) said.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
