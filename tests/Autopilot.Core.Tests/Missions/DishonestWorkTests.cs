using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

public class DishonestWorkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> Nothing = [];

    [Fact]
    public void A_person_is_asked_and_without_other_work_the_process_may_end()
    {
        var found = Found();
        Assert.Equal(UnitStatus.Approving, found.Units["u1"].Status);
        Assert.Contains("deletes tests", found.Units["u1"].Reason);
        Assert.Equal([new AskApproval(Gates.DishonestWork, "u1/1")], new MissionDecision().Decide(found, Nothing, Noon));
        Assert.Equal([new Suspend("dishonest_work/u1/1", null)], new MissionDecision().Decide(Asked(found), Nothing, Noon));
    }

    [Fact]
    public void A_yes_is_for_what_the_guard_found_and_the_rest_of_the_gate_still_decides()
    {
        var agreed = Answered(approved: true);
        Assert.True(agreed.Units["u1"].Vouched);
        Assert.Equal([new ReviewWork("u1", 1)], new MissionDecision().Decide(agreed, Nothing, Noon));
        var back = agreed.Apply(new Reviewed("u1", 1, ReviewVerdict.Retry, "a criterion does not hold") { At = Noon });
        Assert.Equal(UnitStatus.Pending, back.Units["u1"].Status);
        Assert.False(back.Apply(new WorkStarted("u1", 2, "base")).Units["u1"].Vouched);
        Assert.Equal(UnitStatus.Queued, agreed.Apply(new Reviewed("u1", 1, ReviewVerdict.Accepted, "")).Units["u1"].Status);
    }

    [Fact]
    public void What_is_large_too_is_asked_about_at_its_own_gate()
    {
        var accepted = Answered(approved: true, lines: 900).Apply(new Reviewed("u1", 1, ReviewVerdict.Accepted, ""));
        Assert.Equal([new AskApproval(Gates.LargeMerge, "u1/1")], new MissionDecision().Decide(accepted, Nothing, Noon));
    }

    [Fact]
    public void A_no_ends_the_unit_with_what_was_found_and_why()
    {
        var unit = Answered(approved: false).Units["u1"];
        Assert.Equal((UnitStatus.Abandoned, Diagnosis.Denied), (unit.Status, unit.Setbacks[^1].Kind));
        Assert.Contains("never", unit.Reason);
        Assert.Contains("deletes tests", unit.Reason);
    }

    [Fact]
    public void Nobody_is_asked_about_one_of_several_attempts_at_once_while_another_may_be_honest()
    {
        var state = Planned();
        for (var i = 1; i <= 2; i++) state = state.Apply(new WorkStarted("u1", 1, "base") { Rival = i, Rivals = 2 });
        for (var i = 1; i <= 2; i++) state = state.Apply(new WorkEnded("u1", 1, $"c{i}", WorkFailure.None, "", ["f"]) { Rival = i, Lines = 5 });
        state = state.Apply(new Reviewed("u1", 1, ReviewVerdict.Ask, "deletes tests") { Rival = 1, Cause = Diagnosis.Dishonest });
        Assert.Equal([new ReviewWork("u1", 1, 2)], new MissionDecision().Decide(state, Nothing, Noon));
        state = state.Apply(new Reviewed("u1", 1, ReviewVerdict.Accepted, "") { Rival = 2 });
        Assert.Equal((UnitStatus.Queued, "c2"), (state.Units["u1"].Status, state.Units["u1"].Commit));
    }

    private static MissionState Answered(bool approved, int lines = 5) =>
        Asked(Found(lines)).Apply(new ApprovalGiven("dishonest_work/u1/1", approved, "user", "never") { At = Noon });

    private static MissionState Asked(MissionState state) => state.Apply(new ApprovalAsked(Gates.DishonestWork, "u1/1", "may it?", null));

    private static MissionState Found(int lines = 5) => Planned()
        .Apply(new WorkStarted("u1", 1, "base") { At = Noon })
        .Apply(new WorkEnded("u1", 1, "c1", WorkFailure.None, "", ["f"]) { At = Noon, Lines = lines })
        .Apply(new Reviewed("u1", 1, ReviewVerdict.Ask, "tests/a: deletes tests") { At = Noon, Cause = Diagnosis.Dishonest });

    private static MissionState Planned() => new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings() }
        .Apply(new BaseVerified("base", Verdict.Passed, "", []))
        .Apply(new PlanMade(1, [new PlannedUnit { Id = "u1", Title = "t" }], 5));
}
