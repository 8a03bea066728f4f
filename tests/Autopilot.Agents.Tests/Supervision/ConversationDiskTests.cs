using System.Text;

using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Testing;

namespace Autopilot.Agents.Tests.Supervision;

/// <summary>A conversation whose agent, or what it left running, fills the workspace.</summary>
public sealed class ConversationDiskTests : IDisposable
{
    private const int Limit = 1 << 20;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder workspace = new();
    private readonly TemporaryFolder programs = new();
    private readonly ManualClock clock = new();
    private readonly LiveSessions sessions = new();
    private readonly List<AgentEvent> events = [];
    private readonly ScriptedSupervisor supervisor;
    private IEnumerable<string> answer = Recording("hello");

    public ConversationDiskTests() => supervisor = new ScriptedSupervisor(_ => answer);

    [Fact]
    public async Task A_workspace_that_is_filled_during_a_turn_ends_it_as_limited()
    {
        await using var conversation = Conversation();
        await Turn(conversation);
        Look();
        answer = Recording("hello").TakeWhile(line => !line.Contains("\"result\"", StringComparison.Ordinal));
        var ended = await Turn(conversation, e => { if (e is SessionStarted) Fill(); });
        Assert.Equal((OutcomeKind.Limited, LimitKind.Disk), (ended.Kind, ended.Limit));
        Assert.Contains("grew by more than 1 MiB", ended.Detail);
        Assert.Contains(events.OfType<AgentStatus>(), status => status.Text.StartsWith("ended: its workspace grew by 2 MiB", StringComparison.Ordinal));
        Assert.Single(supervisor.StopReasons);
    }

    [Fact]
    public async Task One_that_is_filled_between_turns_ends_the_process_and_holds_the_next_turn_back_until_there_is_room()
    {
        await using var conversation = Conversation();
        var first = await Turn(conversation);
        Assert.Equal(OutcomeKind.Completed, first.Kind);
        Look();
        Fill();
        Assert.StartsWith("its workspace grew by 2 MiB", Assert.Single(supervisor.StopReasons));

        var held = await Turn(conversation);
        Assert.Equal((OutcomeKind.Limited, LimitKind.Disk, first.SessionId), (held.Kind, held.Limit, held.SessionId));
        Assert.Equal((0m, 0), (held.CostUsd, held.ModelCalls));
        Assert.Contains(events.OfType<AgentStatus>(), status => status.Text.StartsWith("ended between its turns: its workspace grew by 2 MiB", StringComparison.Ordinal));
        Assert.Single(supervisor.Started);

        File.Delete(workspace["fill"]);
        Assert.Equal(OutcomeKind.Completed, (await Turn(conversation)).Kind);
        Assert.Equal(2, supervisor.Started.Count);
        Assert.Contains(first.SessionId!, supervisor.Started[1].Arguments);
    }

    [Fact]
    public async Task A_turn_does_not_begin_in_a_workspace_that_was_filled_since_the_last_look()
    {
        await using var conversation = Conversation();
        await Turn(conversation);
        Look();
        workspace.Write("fill", new string('x', 2 * Limit));
        Assert.Equal(LimitKind.Disk, (await Turn(conversation)).Limit);
        Assert.Single(supervisor.StopReasons);
    }

    [Fact]
    public async Task Memory_that_runs_out_between_turns_ends_the_process_and_the_next_turn_tells_of_it_and_goes_on()
    {
        await using var conversation = Conversation();
        await Turn(conversation);
        Assert.Single(sessions.All).EndForMemory("only 1 MiB was free");
        Assert.Equal(OutcomeKind.Completed, (await Turn(conversation)).Kind);
        Assert.Single(events, new AgentStatus("ended between its turns: only 1 MiB was free"));
        Assert.Equal(2, supervisor.Started.Count);
        await Turn(conversation);
        Assert.Single(events, new AgentStatus("ended between its turns: only 1 MiB was free"));
    }

    public void Dispose()
    {
        workspace.Dispose();
        programs.Dispose();
    }

    private void Fill()
    {
        workspace.Write("fill", new string('x', 2 * Limit));
        Look();
    }

    private void Look() => clock.Advance(TimeSpan.FromSeconds(1));

    private async Task<AgentOutcome> Turn(IAgentConversation conversation, Action<AgentEvent>? seen = null)
    {
        return await conversation.Turn("go", Observe, CancellationToken.None).WaitAsync(patience);

        ValueTask Observe(AgentEvent value)
        {
            events.Add(value);
            seen?.Invoke(value);
            return ValueTask.CompletedTask;
        }
    }

    private static IEnumerable<string> Recording(string scenario) =>
        Fixtures.Lines(Path.Combine(Fixtures.Root, "claude", scenario + ".jsonl")).Select(Encoding.UTF8.GetString);

    private IAgentConversation Conversation()
    {
        var program = programs.Write("claude", "#!/bin/sh\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = programs.Path, ["HOME"] = programs.Path };
        var shell = new AgentShell
        {
            Processes = supervisor,
            Workspaces = new WorkspaceObserver(supervisor, clock, variables),
            Clock = clock,
            Variables = variables,
            Sessions = sessions,
            WorkspaceBytes = Limit,
        };
        return new AgentCatalog([], shell).Get("claude").Open(new AgentRequest { Prompt = "", Workspace = workspace.Path });
    }
}
