using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Redaction;
using Autopilot.Engine.Recording;
using Autopilot.Testing;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>Who plays a role while the provider of its first agent is limited or down.</summary>
public sealed class StandInTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly Dictionary<string, DateTimeOffset> blocked = [];
    private readonly HashSet<string> refused = [];
    private readonly List<string> permits = [];
    private readonly List<(string Agent, AgentRequest Request)> asked = [];
    private readonly Dictionary<string, AgentOutcome> answers = [];
    private readonly AgentSessions sessions;

    public StandInTests() => sessions = new AgentSessions(new SessionParts
    {
        AgentFor = _ => (new Player("first", "one", Answer), null),
        Otherwise = role => role == "worker" ? [(new Player("second", "two", Answer), "small")] : [],
        Governor = new Gate(this),
        Redactor = new SecretRedactor(new Redactor([])),
        Clock = clock,
        RunFolder = run => folder[run],
        Version = "test",
    });

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_plays_while_it_can()
    {
        Assert.Equal("first done", (await Run()).FinalText);
        Assert.Equal(["one"], permits);
    }

    [Fact]
    public async Task The_next_plays_while_the_first_is_blocked_and_permit_and_recording_say_so()
    {
        blocked["one"] = clock.GetUtcNow().AddHours(1);
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Equal(["two"], permits);
        Assert.Equal("small", Assert.Single(asked).Request.Model);
        var recording = File.ReadAllText(Assert.Single(Directory.GetFiles(folder["run/sessions"], "*.jsonl")));
        Assert.Contains("\"agent\":\"second\"", recording);
        Assert.Contains("second stands in for first, whose provider one is limited or down", recording);
    }

    [Fact]
    public async Task A_quota_that_runs_out_on_the_way_hands_over_at_once()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Limited, Failure = FailureKind.NoQuota, Limit = LimitKind.Quota, Detail = "used up", RetryAt = clock.GetUtcNow().AddHours(5) };
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task A_quota_whose_end_nobody_tells_hands_over_too()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Limited, Failure = FailureKind.NoQuota, Limit = LimitKind.Quota, Detail = "used up" };
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task Who_may_not_be_waited_for_is_passed_over()
    {
        blocked["one"] = clock.GetUtcNow().AddDays(5);
        blocked["two"] = clock.GetUtcNow().AddHours(1);
        refused.Add("one");
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task Where_none_may_be_waited_for_it_is_refused()
    {
        refused.UnionWith(["one", "two"]);
        Assert.Equal("provider:closed", (await Assert.ThrowsAsync<PermitRefusedException>(() => Run())).Code);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task Where_all_are_blocked_the_first_is_waited_for_and_its_end_is_told_once()
    {
        blocked["two"] = clock.GetUtcNow().AddHours(9);
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Limited, Failure = FailureKind.NoQuota, Limit = LimitKind.Quota, Detail = "used up", RetryAt = clock.GetUtcNow().AddHours(5) };
        Assert.Equal("used up", (await Run()).Detail);
        Assert.Equal(["one"], permits);
    }

    [Fact]
    public async Task A_key_that_is_refused_hands_over_at_once()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.BadKey, Detail = "no such key" };
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task Where_all_keys_are_refused_the_last_refusal_is_told_and_each_was_tried_once()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.BadKey, Detail = "no such key" };
        answers["second"] = answers["first"] with { Detail = "none here either" };
        Assert.Equal("none here either", (await Run()).Detail);
        Assert.Equal(["one", "two"], permits);
    }

    [Fact]
    public async Task A_refused_key_is_told_where_the_other_would_have_to_be_waited_for()
    {
        blocked["two"] = clock.GetUtcNow().AddHours(9);
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.BadKey, Detail = "no such key" };
        Assert.Equal("no such key", (await Run()).Detail);
        Assert.Equal(["one"], permits);
    }

    [Fact]
    public async Task What_passes_by_itself_is_no_reason_for_another()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.Overload, Detail = "busy" };
        Assert.Equal("busy", (await Run()).Detail);
        Assert.Equal(["one"], permits);
    }

    [Fact]
    public async Task A_fault_of_its_own_is_no_reason_for_another()
    {
        answers["first"] = new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.Unknown, Detail = "no" };
        Assert.Equal("no", (await Run()).Detail);
        Assert.Equal(["one"], permits);
    }

    [Fact]
    public async Task A_conversation_goes_on_with_whoever_holds_it_and_another_is_told_what_is_known()
    {
        blocked["one"] = clock.GetUtcNow().AddHours(1);
        var held = await Run();
        blocked.Clear();
        await Run("work/2", held.SessionId);
        Assert.Equal(("second", held.SessionId), (asked[1].Agent, asked[1].Request.ResumeSessionId));
        blocked["two"] = clock.GetUtcNow().AddHours(1);
        await Run("work/3", held.SessionId);
        Assert.Equal(("first", null), (asked[2].Agent, asked[2].Request.ResumeSessionId));
        Assert.Contains("Build it.", asked[2].Request.Prompt);
        Assert.EndsWith("Go on.", asked[2].Request.Prompt);
    }

    [Fact]
    public async Task What_the_stand_in_finished_is_not_done_again_after_a_crash()
    {
        blocked["one"] = clock.GetUtcNow().AddHours(1);
        await Run();
        blocked.Clear();
        Assert.Equal("second done", (await Run()).FinalText);
        Assert.Single(asked);
    }

    private Task<AgentOutcome> Run(string key = "work/1", string? continues = null) => sessions.Run(
        new SessionOrder { RunId = "run", Key = key, Role = "worker", Prompt = continues is null ? "Build it." : "Go on.", Workspace = folder.Path, Continues = continues }, CancellationToken.None);

    private AgentOutcome Answer(string name, AgentRequest request)
    {
        asked.Add((name, request));
        return answers.GetValueOrDefault(name) ?? new AgentOutcome { Kind = OutcomeKind.Completed, Detail = "ok", FinalText = name + " done", SessionId = request.ResumeSessionId ?? request.NewSessionId };
    }

    private sealed class Player(string name, string vendor, Func<string, AgentRequest, AgentOutcome> answer) : IAgent
    {
        public string Name => name;

        public string Vendor => vendor;

        public AgentCapabilities Capabilities { get; } = new(Resumes: true, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: true, SpendsMoney: false);

        public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
        {
            var outcome = answer(name, request);
            await observe(new SessionStarted(outcome.SessionId, null, null, []));
            await observe(new AssistantText("working"));
            return outcome;
        }
    }

    /// <summary>Grants everything, and learns of limits from what it is told, as the real one does.</summary>
    private sealed class Gate(StandInTests test) : IGovernor, IProviderHealth
    {
        public CancellationToken Stopping => CancellationToken.None;

        public string? StopCause => null;

        public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation)
        {
            test.permits.Add(request.Provider!);
            if (test.refused.Contains(request.Provider!)) throw new PermitRefusedException("provider:closed", "This would wait too long.");
            return Task.FromResult<IPermit>(new Free(request.Provider!));
        }

        public Task Report(IPermit permit, AgentOutcome outcome, CancellationToken cancellation)
        {
            if (outcome.RetryAt is { } until) test.blocked[permit.Id] = until;
            return Task.CompletedTask;
        }

        public Task<DateTimeOffset?> BlockedUntil(string provider, CancellationToken cancellation) =>
            Task.FromResult<DateTimeOffset?>(test.blocked.TryGetValue(provider, out var until) ? until : null);
    }

    private sealed class Free(string provider) : IPermit
    {
        public string Id => provider;

        public decimal? LimitUsd => null;

        public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
