using Autopilot.Core.Agents;
using Autopilot.Core.Agents.Pricing;

namespace Autopilot.Core.Tests.Agents;

public sealed class OutcomeJudgeTests
{
    private static readonly DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TurnEnded success = new(FailureKind.None, LimitKind.None, "Done.");
    private static readonly ToolDenied denied = new("Bash", "not allowed");

    [Fact]
    public void A_denied_tool_with_a_claim_of_success_and_no_change_fails() =>
        Expect(OutcomeKind.Failed, FailureKind.PermissionDenied, Judge([denied, success], changed: []));

    [Fact]
    public void A_denied_tool_is_told_when_the_work_went_on_without_it()
    {
        var outcome = Judge([denied, success], changed: ["a.txt"]);
        Expect(OutcomeKind.Completed, FailureKind.None, outcome);
        Assert.Contains("denied Bash", outcome.Detail);
    }

    [Fact]
    public void A_reader_that_was_kept_from_writing_has_completed() =>
        Expect(OutcomeKind.Completed, FailureKind.None, Judge([denied, success], changed: [], access: AgentAccess.ReadOnly));

    [Theory]
    [InlineData("Changed alpha to ALPHA in app.txt.", true)]
    [InlineData("I've updated `src/main.rs` as asked", true)]
    [InlineData("All good.\nCreated hello.txt.", true)]
    [InlineData("The file app.txt was created last year.", false)]
    [InlineData("Nothing had to be changed.", false)]
    public void A_claim_in_words_needs_a_change(string text, bool claims) =>
        Expect(claims ? OutcomeKind.Failed : OutcomeKind.Completed, claims ? FailureKind.ClaimWithoutEvidence : FailureKind.None, Judge([success with { Text = text }], changed: []));

    [Fact]
    public void So_does_a_claim_in_the_last_words_of_an_agent_whose_closing_event_has_none() =>
        Expect(OutcomeKind.Failed, FailureKind.ClaimWithoutEvidence, Judge([new AssistantText("Changed alpha to ALPHA in app.txt."), success with { Text = null }], changed: []));

    [Theory]
    [InlineData(FailureKind.BadKey, true)]
    [InlineData(FailureKind.RateLimit, true)]
    [InlineData(FailureKind.Overload, true)]
    [InlineData(FailureKind.BrokenStream, false)]
    [InlineData(FailureKind.ServerError, false)]
    public void Who_was_turned_away_owes_nothing_and_whose_answer_broke_off_may(FailureKind failure, bool free)
    {
        var turn = new TurnEnded(failure, LimitKind.None, "it failed");
        Assert.Equal(free ? 0m : null, Judge([turn], exit: 1).CostUsd);
        Assert.Null(Judge([new ModelCall("m", null), turn], exit: 1).CostUsd);
        Assert.Null(Judge([turn], exit: 1, command: true).CostUsd);
    }

    [Fact]
    public void What_could_not_start_costs_nothing()
    {
        Assert.Equal(0m, OutcomeJudge.Missing(new AgentTraits { Name = "x" }, "x").CostUsd);
        Assert.Equal(0m, OutcomeJudge.Unstartable("no prompt").CostUsd);
    }

    [Fact]
    public void Without_an_observed_workspace_a_claim_cannot_be_refuted() =>
        Expect(OutcomeKind.Completed, FailureKind.None, Judge([success with { Text = "Created hello.txt." }], changed: null));

    [Fact]
    public void Success_and_a_signal_is_a_crash() => Expect(OutcomeKind.Crashed, FailureKind.Crash, Judge([success], signal: 9));

    [Fact]
    public void Success_and_an_error_code_is_a_crash() => Expect(OutcomeKind.Crashed, FailureKind.Crash, Judge([success], exit: 101));

    [Fact]
    public void An_end_without_a_closing_word_is_a_crash() => Expect(OutcomeKind.Crashed, FailureKind.Crash, Judge([new AssistantText("hi")]));

    [Fact]
    public void An_orderly_interrupt_with_exit_code_0_is_no_success() =>
        Expect(OutcomeKind.Cancelled, FailureKind.Interrupted, Judge([new TurnEnded(FailureKind.Interrupted, LimitKind.None, null)]));

    [Theory]
    [InlineData(EndCause.Cancelled, OutcomeKind.Cancelled, FailureKind.None, LimitKind.None)]
    [InlineData(EndCause.Disk, OutcomeKind.Limited, FailureKind.None, LimitKind.Disk)]
    [InlineData(EndCause.Memory, OutcomeKind.Limited, FailureKind.None, LimitKind.Memory)]
    [InlineData(EndCause.WallClock, OutcomeKind.Limited, FailureKind.None, LimitKind.Time)]
    [InlineData(EndCause.Silence, OutcomeKind.Failed, FailureKind.Silence, LimitKind.None)]
    [InlineData(EndCause.Budget, OutcomeKind.Limited, FailureKind.None, LimitKind.Budget)]
    [InlineData(EndCause.Turns, OutcomeKind.Limited, FailureKind.None, LimitKind.Turns)]
    [InlineData(EndCause.ModelCalls, OutcomeKind.Limited, FailureKind.None, LimitKind.ModelCalls)]
    public void What_we_ended_is_our_word(EndCause cause, OutcomeKind kind, FailureKind failure, LimitKind limit)
    {
        var outcome = Judge([success], signal: 15, cause: cause);
        Expect(kind, failure, outcome);
        Assert.Equal(limit, outcome.Limit);
    }

    [Fact]
    public void A_quota_says_when_it_is_back()
    {
        var outcome = Judge([new TurnEnded(FailureKind.NoQuota, LimitKind.None, "You've hit your usage limit. Try again in 3 hours.")], exit: 1);
        Expect(OutcomeKind.Limited, FailureKind.NoQuota, outcome);
        Assert.Equal((LimitKind.Quota, now.AddHours(3)), (outcome.Limit, outcome.RetryAt));
    }

    [Fact]
    public void The_last_of_several_results_counts() =>
        Expect(OutcomeKind.Completed, FailureKind.None, Judge([new TurnEnded(FailureKind.RateLimit, LimitKind.None, "429"), success]));

    [Theory]
    [InlineData(0, OutcomeKind.Completed, FailureKind.None)]
    [InlineData(1, OutcomeKind.Failed, FailureKind.Unknown)]
    [InlineData(75, OutcomeKind.Failed, FailureKind.RateLimit)]
    [InlineData(127, OutcomeKind.Failed, FailureKind.MissingExecutable)]
    public void A_command_is_judged_by_its_exit_code(int exit, OutcomeKind kind, FailureKind failure) =>
        Expect(kind, failure, Judge([new AssistantText("hi")], exit, command: true));

    [Fact]
    public void A_cost_that_is_known_in_part_is_charged_where_it_is_more_than_was_reserved()
    {
        var outcome = Judge([new UsageReported(new TokenUsage(1, 1, 0, 0), 5m), new UsageReported(new TokenUsage(1, 1, 0, 0), null, "of no known price")], command: true);
        Assert.Null(outcome.CostUsd);
        Assert.Equal([5m, 5m, 5m, null], new[] { outcome.Charge(false, 9m), outcome.Charge(true, 4m), outcome.Charge(true, null), outcome.Charge(true, 9m) });
        Assert.Null(Judge([new UsageReported(new TokenUsage(1, 1, 0, 0), null, "of no known price")], command: true).Charge(false, 0m));
        Assert.Equal(5m, Judge([new UsageReported(TokenUsage.None, 5m)], command: true).Charge(true, 9m));
    }

    [Fact]
    public void Every_failure_says_what_to_do_next() =>
        Assert.All(Enum.GetValues<FailureKind>().Where(f => f is not (FailureKind.None or FailureKind.MissingExecutable)), f => Assert.EndsWith(".", Remedy.For(f, new AgentTraits { Name = "x" })));

    private static void Expect(OutcomeKind kind, FailureKind failure, AgentOutcome outcome) => Assert.Equal((kind, failure), (outcome.Kind, outcome.Failure));

    private static AgentOutcome Judge(
        AgentEvent[] events, int exit = 0, int? signal = null, EndCause cause = EndCause.ByItself, IReadOnlyList<string>? changed = null,
        AgentAccess access = AgentAccess.Write, bool command = false)
    {
        var facts = new SessionFacts(PriceTable.Default, null);
        foreach (var value in events) facts.Add(value);
        var request = new AgentRequest { Prompt = "p", Workspace = "/w", Access = access };
        var end = new SessionEnd { ExitCode = signal is null ? exit : null, Signal = signal, Cause = cause, At = now, FilesChanged = changed };
        return OutcomeJudge.Judge(new AgentTraits { Name = "x", ExitCodeDecides = command }, request, facts, end);
    }
}
