using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Workflows.Tests.Tasks;

public class SessionPlanTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaskRequest Request = new() { Prompt = "build it", Agent = "claude", Folder = "/w", Slug = "build-it" };
    private static readonly TrajectoryHeader Header = new(At) { Agent = "claude", Prompt = "build it", SessionId = "chosen-before-the-start" };
    private static readonly RecordedEvent Announced = new(1, At, new SessionStarted("agents-own", null, null, []));
    private static readonly RecordedEvent Answered = new(2, At, new AssistantText("I will"));

    [Fact]
    public void The_first_session_gets_the_prompt_and_an_id_of_ours()
    {
        var plan = SessionPlan.Decide("run-1", Request, new TaskDirections { OriginalPrompt = "build it, key abc" }, past: null, resumes: true);
        Assert.Equal("build it, key abc", plan.Prompt);
        Assert.True(Guid.TryParse(plan.NewSessionId, out _));
        Assert.Null(plan.ResumeSessionId);
        Assert.Equal(plan, SessionPlan.Decide("run-1", Request, new TaskDirections { OriginalPrompt = "build it, key abc" }, past: null, resumes: true));
    }

    [Fact]
    public void A_session_that_was_announced_is_continued_by_the_agents_own_id()
    {
        var plan = SessionPlan.Decide("run-1", Request, new TaskDirections(), PastSession.Of([Header, Announced, Answered]), resumes: true);
        Assert.Equal((SessionPlan.Continue, "agents-own", null), (plan.Prompt, plan.ResumeSessionId, plan.NewSessionId));
    }

    [Fact]
    public void Words_for_the_resume_replace_the_usual_ones() =>
        Assert.Equal("now test it", SessionPlan.Decide("run-1", Request, new TaskDirections { NextPrompt = "now test it" }, PastSession.Of([Header, Announced, Answered]), resumes: true).Prompt);

    [Fact]
    public void A_session_that_was_never_announced_begins_anew_under_another_id()
    {
        var first = SessionPlan.Decide("run-1", Request, new TaskDirections(), past: null, resumes: true);
        var second = SessionPlan.Decide("run-1", Request, new TaskDirections(), PastSession.Of([Header]), resumes: true);
        Assert.Null(second.ResumeSessionId);
        Assert.NotNull(second.NewSessionId);
        Assert.NotEqual(first.NewSessionId, second.NewSessionId);
        Assert.Contains("build it", second.Prompt);
    }

    [Fact]
    public void A_session_that_was_killed_before_its_first_answer_begins_anew_for_it_may_not_know_its_task()
    {
        var plan = SessionPlan.Decide("run-1", Request, new TaskDirections(), PastSession.Of([Header, Announced]), resumes: true);
        Assert.Null(plan.ResumeSessionId);
        Assert.Contains("build it", plan.Prompt);
        Assert.NotNull(plan.Note);
    }

    [Fact]
    public void An_id_that_was_masked_is_none()
    {
        var masked = Announced with { Event = new SessionStarted("[REDACTED]", null, null, []) };
        var plan = SessionPlan.Decide("run-1", Request, new TaskDirections(), PastSession.Of([Header, masked, Answered]), resumes: true);
        Assert.Null(plan.ResumeSessionId);
        Assert.NotNull(plan.NewSessionId);
    }

    [Theory]
    [InlineData(OutcomeKind.Failed, true)]
    [InlineData(OutcomeKind.Limited, true)]
    [InlineData(OutcomeKind.Cancelled, false)]
    [InlineData(OutcomeKind.Crashed, false)]
    public void One_that_ended_in_order_without_an_answer_is_continued(OutcomeKind kind, bool continued)
    {
        var end = new TrajectoryEnd(2, At, new AgentOutcome { Kind = kind, Detail = "", SessionId = "agents-own" });
        Assert.Equal(continued, PastSession.Of([Header, Announced, end]).SessionId is not null);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_fresh_session_knows_what_was_done(bool fresh, bool resumes)
    {
        TrajectoryEntry[] entries = [Header, Announced, new RecordedEvent(2, At, new FileChanged("src/a.cs", "update")), new RecordedEvent(3, At, new AssistantText("half way"))];
        var plan = SessionPlan.Decide("run-1", Request, new TaskDirections { Fresh = fresh }, PastSession.Of(entries), resumes);
        Assert.Null(plan.ResumeSessionId);
        Assert.Contains("build it", plan.Prompt);
        Assert.Contains("src/a.cs", plan.Prompt);
        Assert.Contains("half way", plan.Prompt);
        Assert.NotNull(plan.Note);
    }

    [Fact]
    public void A_digest_is_bounded_however_long_the_session_was()
    {
        var entries = Enumerable.Range(0, 10_000).Select(i => (TrajectoryEntry)new RecordedEvent(i, At, new AssistantText(new string('x', 2000) + i)));
        Assert.InRange(SessionPlan.Decide("r", Request, new TaskDirections(), PastSession.Of(entries.Prepend(Header)), resumes: false).Prompt.Length, 100, 20_000);
    }

    [Fact]
    public void What_an_earlier_session_in_the_same_record_used_is_not_its_own()
    {
        var used = new AgentOutcome { Kind = OutcomeKind.Failed, Detail = "", Usage = new TokenUsage(100, 10, 0, 0) };
        TrajectoryEntry[] entries = [Header, Announced, Answered, new TrajectoryEnd(3, At, used), new ResumeMarker(4, At, null, "build it") { Agent = "codex" }];
        Assert.Equal(TokenUsage.None, PastSession.Of(entries).Usage);
        Assert.Equal(used.Usage, PastSession.Of([.. entries, new TrajectoryEnd(5, At, used), new ResumeMarker(6, At, "codex-1", "go on")]).Usage);
        Assert.Equal(used.Usage + used.Usage, PastSession.Of([.. entries, new TrajectoryEnd(5, At, used)]).Summary.Usage);
    }
}
