using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;

namespace Autopilot.Core.Tests.Missions;

/// <summary>A tree in which fewer tests pass than in the one it was built on is not taken for green.</summary>
public class TestLossTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(5, 4, false, UnitStatus.Pending)]
    [InlineData(5, 0, false, UnitStatus.Pending)]
    [InlineData(5, 5, false, UnitStatus.Landed)]
    [InlineData(5, 6, false, UnitStatus.Landed)]
    [InlineData(5, 4, true, UnitStatus.Landed)]
    [InlineData(null, 4, false, UnitStatus.Landed)]
    [InlineData(5, null, false, UnitStatus.Landed)]
    public void Fewer_passing_tests_send_a_unit_back_unless_its_task_may_change_them(int? before, int? after, bool asked, UnitStatus expected)
    {
        var state = Landed(Verified(Built(Begun(before, asked, "u1"), 1, "base", "u1"), 1, after), 1);
        Assert.Equal(expected, state.Units["u1"].Status);
        if (expected == UnitStatus.Landed) return;
        var setback = Assert.Single(state.Units["u1"].Setbacks);
        Assert.Equal(Diagnosis.Dishonest, setback.Kind);
        Assert.Contains($"{after} tests pass with it, and 5 without it", setback.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_units_the_one_that_switches_tests_off_is_found()
    {
        var state = Verified(Built(Begun(5, false, "u1", "u2"), 1, "base", "u1", "u2"), 1, 4);
        Assert.All(state.Units.Values, unit => Assert.Equal(UnitStatus.Queued, unit.Status));
        Assert.Empty(state.Batches);
        var action = Assert.IsType<BuildBatch>(Assert.Single(new MissionDecision().Decide(state, new HashSet<string>(), Noon), a => a is BuildBatch));
        Assert.Equal(["u1"], action.Units);
    }

    [Fact]
    public void What_landed_last_is_what_counts()
    {
        var state = Landed(Verified(Built(Begun(5, false, "u1", "u2"), 1, "base", "u1"), 1, 7), 1);
        Assert.Equal(7, state.GreenTests);
        state = Verified(Built(state, 2, "b1", "u2"), 2, 6);
        Assert.Equal(UnitStatus.Pending, state.Units["u2"].Status);
    }

    [Theory]
    [InlineData(false, false, UnitStatus.Pending)]
    [InlineData(true, false, UnitStatus.Queued)]
    [InlineData(true, true, UnitStatus.Queued)]
    public void What_is_built_on_a_batch_is_measured_by_that_one(bool firstMayLose, bool firstIsKnown, UnitStatus expected)
    {
        var state = Built(Built(Begun(5, firstMayLose, "u1", "u2"), 1, "base", "u1"), 2, "b1", "u2");
        state = state with { Units = state.Units.SetItem("u2", state.Units["u2"] with { Unit = state.Units["u2"].Unit with { MayChangeChecks = false } }) };
        if (firstIsKnown) state = Verified(state, 1, 4);
        state = Landed(Landed(Verified(firstIsKnown ? state : Verified(state, 2, 4), firstIsKnown ? 2 : 1, firstMayLose ? 4 : 5), 1), 2);
        Assert.Equal(expected == UnitStatus.Pending ? UnitStatus.Pending : UnitStatus.Landed, state.Units["u2"].Status);
    }

    private static MissionState Begun(int? tests, bool mayChange, params string[] units)
    {
        var state = new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings { Review = false } }
            .Apply(new BaseVerified("base", Verdict.Passed, "", []) { Counts = Counted(tests) })
            .Apply(new PlanMade(1, [.. units.Select(u => new PlannedUnit { Id = u, Title = u, MayChangeChecks = mayChange })], 5));
        foreach (var unit in units)
            state = state.Apply(new WorkStarted(unit, 1, "base")).Apply(new WorkEnded(unit, 1, "c" + unit, WorkFailure.None, "", ["f" + unit]) { At = Noon });
        return state;
    }

    private static MissionState Built(MissionState state, int batch, string onto, params string[] units) =>
        state.Apply(new BatchBuilt(batch, onto, $"b{batch}", units, new Dictionary<string, string>()));

    private static MissionState Landed(MissionState state, int batch) => state.Apply(new Landed(batch, $"b{batch}"));

    /// <summary>Twice where the first time is not believed.</summary>
    private static MissionState Verified(MissionState state, int batch, int? passed)
    {
        foreach (var attempt in new[] { 1, 2 })
            if (state.Batches.Find(b => b.Number == batch) is { Verdict: null })
                state = state.Apply(TestLoss.Judged(state, new BatchVerified(batch, attempt, Verdict.Passed, "", []) { Counts = Counted(passed), At = Noon }));
        return state;
    }

    private static TestCounts? Counted(int? passed) => passed is { } some ? new TestCounts(some, 0, 0, []) : null;
}
