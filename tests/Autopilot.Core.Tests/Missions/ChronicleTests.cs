using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;

namespace Autopilot.Core.Tests.Missions;

public class ChronicleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Chronicle chronicle = new();
    private MissionState state = new() { Objective = "o", Settings = new MissionSettings { Review = false }, StartedAt = Noon, Base = "base" };

    [Fact]
    public void Tests_are_counted_on_the_first_base_and_on_the_tree_that_landed_last()
    {
        Happens(0, new BaseVerified("base", Verdict.Passed, "", []) { Counts = new TestCounts(10, 0, 1, []) });
        LandOneUnit(new TestCounts(12, 0, 1, []));
        Assert.Equal((10, 12), (chronicle.TestsBefore?.Passed, chronicle.TestsAfter?.Passed));
        Assert.Equal(["u1"], chronicle.Landings.Single().Units);
    }

    [Fact]
    public void A_mission_that_landed_nothing_has_no_tests_after()
    {
        Happens(0, new BaseVerified("base", Verdict.Passed, "", []) { Counts = new TestCounts(10, 0, 0, []) });
        Assert.Null(chronicle.TestsAfter);
    }

    [Fact]
    public void Costs_are_kept_by_role_with_the_architects_part_taken_out_of_the_workers()
    {
        Happens(0, new BaseVerified("base", Verdict.Passed, "", []));
        Happens(1, new PlanMade(1, [Unit("u1")], 4) { CostUsd = 0.10m });
        Happens(2, new WorkStarted("u1", 1, "base"));
        Happens(3, new WorkEnded("u1", 1, "c1", WorkFailure.None, "", []) { CostUsd = 1.00m, ArchitectUsd = 0.25m });
        Happens(4, new ActionFaulted("plan/2", "down") { CostUsd = 0.05m });
        Happens(5, new ObjectiveChecked(1, false, "no") { CostUsd = 0.02m });
        Assert.Equal("architect 0.25, auditor 0.02, planner 0.15, worker 0.75", string.Join(", ", chronicle.Costs.Select(c => FormattableString.Invariant($"{c.Key} {c.Value}"))));
        Assert.Equal(state.SpentUsd, chronicle.Costs.Values.Sum());
    }

    [Fact]
    public void A_flaky_test_is_shown_with_what_each_attempt_on_its_tree_did()
    {
        Happens(0, new BaseVerified("base", Verdict.Passed, "", []));
        Happens(1, new PlanMade(1, [Unit("u1")], 4));
        Happens(2, new WorkStarted("u1", 1, "base"));
        Happens(3, new WorkEnded("u1", 1, "c1", WorkFailure.None, "", ["a"]));
        Happens(4, new BatchBuilt(1, "base", "tree", ["u1"], new Dictionary<string, string>()));
        Happens(5, new BatchVerified(1, 1, Verdict.Failed, "red", ["test_clock"]) { Counts = new TestCounts(4, 1, 0, ["test_clock"]) });
        Happens(6, new BatchVerified(1, 2, Verdict.Passed, "", []) { Counts = new TestCounts(5, 0, 0, []) });
        var flake = Assert.Single(chronicle.Flakes());
        Assert.Equal(("test_clock", 1, 1), (flake.Name, flake.Failures, flake.Passes));
        Assert.Equal([new FlakeAttempt("tree", 1, false), new FlakeAttempt("tree", 2, true)], flake.Attempts);
        Assert.Contains(chronicle.Timeline, e => e.Verb == "flaky" && e.Text.Contains("test_clock", StringComparison.Ordinal));
    }

    [Fact]
    public void Work_is_timed_over_all_attempts()
    {
        Happens(0, new BaseVerified("base", Verdict.Passed, "", []));
        Happens(1, new PlanMade(1, [Unit("u1")], 4));
        Happens(2, new WorkStarted("u1", 1, "base"));
        Happens(5, new WorkEnded("u1", 1, null, WorkFailure.NothingDone, "nothing", []));
        Happens(9, new WorkStarted("u1", 2, "base"));
        Happens(10, new WorkEnded("u1", 2, "c2", WorkFailure.None, "", ["a"]));
        Assert.Equal((TimeSpan.FromMinutes(4), "c2", 2), (chronicle.Of("u1").Worked, chronicle.Of("u1").Commit, chronicle.Of("u1").CommitOf));
        Assert.Equal(Diagnosis.NothingDone, state.Units["u1"].Setbacks.Single().Kind);
    }

    private void LandOneUnit(TestCounts counts)
    {
        Happens(1, new PlanMade(1, [Unit("u1")], 4));
        Happens(2, new WorkStarted("u1", 1, "base"));
        Happens(3, new WorkEnded("u1", 1, "c1", WorkFailure.None, "", ["a"]));
        Happens(4, new BatchBuilt(1, "base", "tree", ["u1"], new Dictionary<string, string>()));
        Happens(5, new BatchVerified(1, 1, Verdict.Passed, "", []) { Counts = counts });
        Happens(6, new Landed(1, "tree"));
    }

    private static PlannedUnit Unit(string id) => new() { Id = id, Title = "t" };

    private void Happens(int minute, MissionFact fact)
    {
        fact = fact with { At = Noon.AddMinutes(minute) };
        state = state.Apply(fact);
        chronicle.Add(state, fact);
    }
}
