using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

public class LargeMergeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> Nothing = [];

    [Theory]
    [InlineData(499, 19, 500, 20, false)]
    [InlineData(500, 1, 500, 20, true)]
    [InlineData(1, 20, 500, 20, true)]
    [InlineData(5000, 200, 0, 0, false)]
    [InlineData(5000, 1, 0, 20, false)]
    public void A_merge_is_large_from_either_threshold_on(int lines, int files, int fromLines, int fromFiles, bool large) =>
        Assert.Equal(large, new LargeMerge(fromLines, fromFiles).Includes(new ChangeSize(lines, files)));

    [Fact]
    public void A_large_unit_is_asked_about_and_waits_while_a_small_one_goes_on()
    {
        var state = Worked(("u1", 900), ("u2", 9));
        Assert.Equal((UnitStatus.Approving, UnitStatus.Queued), (state.Units["u1"].Status, state.Units["u2"].Status));
        var due = new MissionDecision().Decide(state, Nothing, Noon);
        Assert.Contains(new AskApproval(Gates.LargeMerge, "u1/1"), due);
        Assert.Contains(due, a => a is BuildBatch { Units: ["u2"] });
        Assert.DoesNotContain(new MissionDecision().Decide(Asked(state), Nothing, Noon), a => a is AskApproval or Suspend);
    }

    [Fact]
    public void With_nothing_else_to_do_the_process_may_end_and_that_time_is_not_the_missions()
    {
        var state = Asked(Worked(("u1", 900)));
        Assert.Equal([new Suspend("large_merge/u1/1", null)], new MissionDecision().Decide(state, Nothing, Noon));
        state = state.Apply(new Suspended { At = Noon });
        var morning = Noon.AddHours(20);
        Assert.Equal([new Suspend("large_merge/u1/1", null)], new MissionDecision().Decide(state, Nothing, morning));
        state = state.Apply(new ApprovalGiven("large_merge/u1/1", true, "user", "") { At = morning });
        Assert.Equal(UnitStatus.Queued, state.Units["u1"].Status);
        Assert.Contains(new MissionDecision().Decide(state, Nothing, morning), a => a is BuildBatch);
        Assert.IsType<Stop>(Assert.Single(new MissionDecision().Decide(state, Nothing, morning.AddHours(2))));
    }

    [Fact]
    public void A_denial_ends_the_unit_with_its_reason_and_the_planner_hears_of_it()
    {
        var state = Asked(Worked(("u1", 900))).Apply(new ApprovalGiven("large_merge/u1/1", false, "user", "in smaller parts") { At = Noon });
        Assert.Equal(UnitStatus.Abandoned, state.Units["u1"].Status);
        Assert.Contains("in smaller parts", state.Units["u1"].Reason);
        Assert.Contains(state.Lessons, l => l.Contains("in smaller parts", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_counts_once_and_only_for_the_attempt_it_was_asked_for()
    {
        var asked = Asked(Worked(("u1", 900)));
        Assert.Equal(asked, asked.Apply(new ApprovalGiven("large_merge/u1/2", true, "user", "")));
        var denied = asked.Apply(new ApprovalGiven("large_merge/u1/1", false, "user", ""));
        Assert.Equal(denied, denied.Apply(new ApprovalGiven("large_merge/u1/1", true, "user", "")));
        var again = Work(denied.Apply(new Signalled("retry", "u1", "user")), "u1", 2, 900);
        Assert.Contains(new AskApproval(Gates.LargeMerge, "u1/2"), new MissionDecision().Decide(again, Nothing, Noon));
    }

    [Fact]
    public void A_suspension_ends_with_any_fact_and_never_counts_backwards()
    {
        var state = Asked(Worked(("u1", 900))).Apply(new Suspended { At = Noon }).Apply(new Suspended { At = Noon.AddHours(1) });
        Assert.Equal(Noon, state.SuspendedSince);
        Assert.Equal(TimeSpan.Zero, state.Apply(new Signalled("pause", "", "user") { At = Noon.AddHours(-3) }).SuspendedFor);
        Assert.Equal(TimeSpan.FromHours(2), state.Apply(new Signalled("pause", "", "user") { At = Noon.AddHours(2) }).SuspendedFor);
    }

    private static MissionState Asked(MissionState state) => state.Apply(new ApprovalAsked(Gates.LargeMerge, "u1/1", "may I?", null));

    private static MissionState Worked(params (string Id, int Lines)[] units)
    {
        var state = new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings { Review = false } };
        state = state.Apply(new BaseVerified("base", Verdict.Passed, "", [])).Apply(new PlanMade(1, [.. units.Select(u => new PlannedUnit { Id = u.Id, Title = u.Id })], 5));
        return units.Aggregate(state, (s, unit) => Work(s, unit.Id, 1, unit.Lines));
    }

    private static MissionState Work(MissionState state, string id, int attempt, int lines) => state
        .Apply(new WorkStarted(id, attempt, "base") { At = Noon })
        .Apply(new WorkEnded(id, attempt, $"c{attempt}", WorkFailure.None, "", ["f"]) { At = Noon, Lines = lines });
}
