using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;
using Autopilot.Engine.Recording;
using Autopilot.Testing;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>How a session goes on whose process was killed.</summary>
public sealed class AgentSessionsTests : IDisposable
{
    private const string Prompt = "Build it.";
    private readonly TemporaryFolder folder = new();
    private readonly RememberingAgent agent = new();
    private readonly AgentSessions sessions;

    public AgentSessionsTests() => sessions = new AgentSessions(new SessionParts
    {
        AgentFor = _ => (agent, null),
        Governor = new FreeGovernor(),
        Redactor = new SecretRedactor(new Redactor([])),
        Clock = new ManualClock(),
        RunFolder = run => folder[run],
        Version = "test",
    });

    [Fact]
    public async Task A_killed_session_is_resumed_and_told_so()
    {
        await Kill(new AssistantText("half way"));
        Assert.Equal(OutcomeKind.Completed, (await Run()).Kind);
        Assert.Equal(agent.Asked[0].NewSessionId, agent.Asked[1].ResumeSessionId);
        Assert.DoesNotContain(Prompt, agent.Asked[1].Prompt);
    }

    [Fact]
    public async Task One_that_was_killed_before_its_first_answer_begins_anew_for_it_may_not_know_its_task()
    {
        await Kill();
        await Run();
        Assert.Null(agent.Asked[1].ResumeSessionId);
        Assert.NotEqual(agent.Asked[0].NewSessionId, agent.Asked[1].NewSessionId);
        Assert.Equal(Prompt, agent.Asked[1].Prompt);
    }

    [Fact]
    public async Task What_the_agent_lost_begins_anew_with_what_is_known_of_it()
    {
        await Kill(new FileChanged("src/a.cs", "update"));
        agent.Known.Clear();
        Assert.Equal(OutcomeKind.Completed, (await Run()).Kind);
        Assert.Equal([false, true, false], agent.Asked.Select(a => a.ResumeSessionId is not null));
        Assert.StartsWith(Prompt, agent.Asked[2].Prompt, StringComparison.Ordinal);
        Assert.Contains("src/a.cs", agent.Asked[2].Prompt);
        Assert.Equal(TokenUsage.None, agent.Asked[2].UsageBefore);
    }

    [Fact]
    public async Task So_does_a_conversation_that_was_to_go_on()
    {
        var outcome = await Run("gone");
        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.Equal(["gone", null], agent.Asked.Select(a => a.ResumeSessionId));
        Assert.Equal(Prompt, agent.Asked[1].Prompt);
        Assert.Equal(agent.Asked[1].NewSessionId, outcome.SessionId);
    }

    [Fact]
    public async Task A_fresh_session_that_is_killed_too_is_not_taken_for_the_lost_one()
    {
        await Kill(new AssistantText("half way"));
        agent.Known.Clear();
        await Kill();
        Assert.Equal(OutcomeKind.Completed, (await Run()).Kind);
        Assert.Null(agent.Asked[^1].ResumeSessionId);
    }

    public void Dispose() => folder.Dispose();

    private async Task Kill(params IReadOnlyList<AgentEvent> after)
    {
        agent.KilledAfter = after;
        await Assert.ThrowsAsync<KilledException>(() => Run());
        agent.KilledAfter = null;
    }

    private Task<AgentOutcome> Run(string? continues = null) =>
        sessions.Run(new SessionOrder { RunId = "run", Key = "work/u1/1", Role = "worker", Prompt = Prompt, Workspace = folder.Path, Continues = continues }, CancellationToken.None);
}
