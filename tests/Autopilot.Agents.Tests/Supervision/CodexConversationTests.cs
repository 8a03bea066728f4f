using System.Text;

using Autopilot.Agents.Codex.Server;
using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;
using Autopilot.Testing;

namespace Autopilot.Agents.Tests.Supervision;

/// <summary>Several turns in one server, played from a recording of the real one.</summary>
public sealed class CodexConversationTests : IDisposable
{
    private const string Thread = "01a1fb29-a346-7610-83db-dad389f302ae";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder workspace = new();
    private readonly TemporaryFolder programs = new();
    private readonly List<AgentEvent> events = [];

    [Fact]
    public async Task One_server_serves_all_turns_until_one_is_interrupted()
    {
        var server = Server();
        await using var conversation = Agent(server).Open(Request());
        var first = await conversation.Turn("write", Observe, CancellationToken.None).WaitAsync(patience);
        Assert.Equal((OutcomeKind.Completed, Thread), (first.Kind, first.SessionId));
        Assert.Equal(["hello.txt"], first.FilesChanged);
        Assert.Equal("gpt-5.5", first.Model);
        Assert.Equal(2, first.ModelCalls);
        Assert.Equal(new TokenUsage(1200, 100, 800, 0), first.Usage);
        Assert.Equal("price-table", first.CostBasis);

        var second = await conversation.Turn("run", Observe, CancellationToken.None).WaitAsync(patience);
        Assert.Equal((OutcomeKind.Completed, "The command ran."), (second.Kind, second.FinalText));
        Assert.Equal(new TokenUsage(1200, 100, 800, 0), second.Usage);
        Assert.Equal(first.CostUsd, second.CostUsd);
        Assert.Single(server.Started);
        Assert.Empty(server.StopReasons);

        using var stop = new CancellationTokenSource();
        var third = await conversation.Turn("go", async e => { if (e is SessionStarted) await stop.CancelAsync(); }, stop.Token).WaitAsync(patience);
        Assert.Equal((OutcomeKind.Cancelled, Thread), (third.Kind, third.SessionId));
        Assert.Equal(TokenUsage.None, third.Usage);
        Assert.Equal("turn/interrupt", server.Received[^1].GetProperty("method").GetString());
        Assert.Single(server.StopReasons);
    }

    [Fact]
    public async Task Memory_that_runs_out_ends_the_turn_and_the_process()
    {
        var server = Server();
        var sessions = new LiveSessions();
        await using (var conversation = Agent(server, sessions).Open(Request()))
        {
            foreach (var prompt in new[] { "write", "run" }) await conversation.Turn(prompt, Observe, CancellationToken.None).WaitAsync(patience);
            var ended = await conversation.Turn("go", e =>
            {
                events.Add(e);
                if (e is SessionStarted) Assert.Single(sessions.All).EndForMemory("only 1 MiB was free");
                return ValueTask.CompletedTask;
            }, CancellationToken.None).WaitAsync(patience);
            Assert.Equal((OutcomeKind.Limited, LimitKind.Memory), (ended.Kind, ended.Limit));
            Assert.Contains(new AgentStatus("ended: only 1 MiB was free"), events);
            Assert.Single(server.StopReasons);
            Assert.Single(sessions.All);
        }
        Assert.True(sessions.IsEmpty);
    }

    [Fact]
    public async Task The_server_is_told_where_and_how_to_work()
    {
        var server = Server();
        await using var conversation = Agent(server).Open(Request() with { Model = "gpt-5.5", Instructions = "Be brief." });
        await conversation.Turn("write", Observe, CancellationToken.None).WaitAsync(patience);
        Assert.Equal("app-server", server.Started[0].Arguments[0]);
        var start = server.Received.Single(m => m.TryGetProperty("method", out var name) && name.GetString() == "thread/start").GetProperty("params");
        Assert.Equal(workspace.Path, start.GetProperty("cwd").GetString());
        Assert.Equal("workspace-write", start.GetProperty("sandbox").GetString());
        Assert.Equal(("gpt-5.5", "Be brief."), (start.GetProperty("model").GetString(), start.GetProperty("developerInstructions").GetString()));
        Assert.Contains(server.Received, m => m.TryGetProperty("result", out var result) && result.GetProperty("decision").GetString() == "accept");
    }

    [Fact]
    public async Task A_session_that_may_only_read_is_refused_its_change()
    {
        var server = Server();
        await using var conversation = Agent(server).Open(Request() with { Access = AgentAccess.ReadOnly });
        await conversation.Turn("write", Observe, CancellationToken.None).WaitAsync(patience);
        Assert.Contains(server.Received, m => m.TryGetProperty("result", out var result) && result.GetProperty("decision").GetString() == "decline");
        Assert.Equal("the session may only read", Assert.Single(events.OfType<ToolDenied>()).Reason);
    }

    [Fact]
    public async Task Without_a_server_each_turn_is_a_process()
    {
        var supervisor = new ScriptedSupervisor(input => input.Contains("initialize", StringComparison.Ordinal)
            ? ["""{"id":1,"error":{"code":-32601,"message":"no such method"}}"""]
            : Recording("hello"));
        await using var conversation = Agent(supervisor).Open(Request());
        var first = await conversation.Turn("one", Observe, CancellationToken.None).WaitAsync(patience);
        var second = await conversation.Turn("two", Observe, CancellationToken.None).WaitAsync(patience);
        Assert.Equal([OutcomeKind.Completed, OutcomeKind.Completed], new[] { first.Kind, second.Kind });
        Assert.Equal(["app-server", "exec", "exec"], supervisor.Started.Select(s => s.Arguments[0]));
        Assert.Contains("resume", supervisor.Started[2].Arguments);
        Assert.Contains(events, e => e is AgentStatus { Text: "goes on with a process for each turn: no such method" });
    }

    [Theory]
    [InlineData(AgentAccess.Write, false, "a.txt", null, null)]
    [InlineData(AgentAccess.Write, false, "/work/sub/a.txt", null, null)]
    [InlineData(AgentAccess.Write, false, "../a.txt", null, "../a.txt is outside the workspace")]
    [InlineData(AgentAccess.Write, false, "/workshop/a.txt", null, "/workshop/a.txt is outside the workspace")]
    [InlineData(AgentAccess.Write, true, "a.txt", "/", "/ is outside the workspace")]
    [InlineData(AgentAccess.Write, true, null, null, "the server did not say which files it is about")]
    [InlineData(AgentAccess.ReadOnly, true, "a.txt", null, "the session may only read")]
    public void Changes_are_approved_inside_the_workspace(AgentAccess access, bool confined, string? path, string? root, string? refusal) =>
        Assert.Equal(refusal, new CodexApproval(access, "/work", confined).RefusesChange(path is null ? [] : [path], root));

    [Theory]
    [InlineData(AgentAccess.Write, true, null)]
    [InlineData(AgentAccess.Write, false, "the command asks to leave the sandbox")]
    [InlineData(AgentAccess.None, true, "the session may only read")]
    public void Commands_may_leave_the_agents_sandbox_only_inside_ours(AgentAccess access, bool confined, string? refusal) =>
        Assert.Equal(refusal, new CodexApproval(access, "/work", confined).RefusesCommand());

    public void Dispose()
    {
        workspace.Dispose();
        programs.Dispose();
    }

    private TranscriptServer Server() => new(Path.Combine(Fixtures.Root, "codex", "app-server-approvals.transcript.jsonl"))
    {
        Saying = message =>
        {
            if (message.ToString().Contains("\"fileChange\"", StringComparison.Ordinal) && message.ToString().Contains("item/completed", StringComparison.Ordinal))
                workspace.Write("hello.txt", "hello from the mock\n");
        },
    };

    private static IEnumerable<string> Recording(string scenario) =>
        Fixtures.Lines(Path.Combine(Fixtures.Root, "codex", scenario + ".jsonl")).Select(Encoding.UTF8.GetString);

    private AgentRequest Request() => new() { Prompt = "", Workspace = workspace.Path };

    private ValueTask Observe(AgentEvent value)
    {
        events.Add(value);
        return ValueTask.CompletedTask;
    }

    private IAgent Agent(IProcessSupervisor supervisor, LiveSessions? sessions = null)
    {
        var program = programs.Write("codex", "#!/bin/sh\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = programs.Path, ["HOME"] = programs.Path };
        var shell = new AgentShell { Processes = supervisor, Workspaces = new WorkspaceObserver(supervisor, TimeProvider.System, variables), Clock = TimeProvider.System, Variables = variables, Sessions = sessions ?? new() };
        return new AgentCatalog([], shell).Get("codex");
    }
}
