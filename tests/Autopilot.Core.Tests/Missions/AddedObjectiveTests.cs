using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

/// <summary>What a person adds to the objective is planned, however far the mission is.</summary>
public class AddedObjectiveTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_planned_before_anybody_says_whether_the_objective_is_met() =>
        Assert.Equal([new MakePlan(2, 2)], Decide(Added(Landed())));

    [Fact]
    public void It_is_planned_and_judged_although_all_judgements_were_used_up()
    {
        var state = Landed().Apply(new ObjectiveChecked(1, false, "no")).Apply(new ObjectiveChecked(2, false, "no"));
        Assert.Equal([new Finish()], Decide(state));
        state = Added(state);
        Assert.Equal([new MakePlan(2, 2)], Decide(state));
        Assert.Equal([new CheckObjective(1)], Decide(state.Apply(new PlanMade(2, [], 1) { Additions = 1, At = Noon })));
    }

    [Fact]
    public void A_plan_that_was_under_way_has_not_heard_of_it()
    {
        var state = Added(Landed()).Apply(new PlanMade(2, [], 1) { Additions = 0, At = Noon });
        Assert.Equal([new MakePlan(3, 3)], Decide(state));
        Assert.Equal([new CheckObjective(1)], Decide(state.Apply(new PlanMade(3, [], 1) { Additions = 1, At = Noon })));
    }

    private static MissionState Added(MissionState state) => state.Apply(new Signalled("add", "and more", "user") { At = Noon });

    private static IReadOnlyList<MissionAction> Decide(MissionState state) => new MissionDecision().Decide(state, new HashSet<string>(), Noon);

    private static MissionState Landed() => new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings { Review = false } }
        .Apply(new BaseVerified("base", Verdict.Passed, "", []))
        .Apply(new PlanMade(1, [new PlannedUnit { Id = "u1", Title = "t" }], 5))
        .Apply(new WorkStarted("u1", 1, "base"))
        .Apply(new WorkEnded("u1", 1, "c", WorkFailure.None, "", ["f"]) { At = Noon })
        .Apply(new BatchBuilt(1, "base", "b", ["u1"], new Dictionary<string, string>()))
        .Apply(new BatchVerified(1, 1, Verdict.Passed, "", []))
        .Apply(new Landed(1, "b"));
}
