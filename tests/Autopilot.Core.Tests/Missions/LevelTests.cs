using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

/// <summary>What the governor's level changes in what a mission does next.</summary>
public class LevelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> Nothing = [];

    [Theory]
    [InlineData(DegradationLevel.Full, 4)]
    [InlineData(DegradationLevel.FewerWorkers, 2)]
    [InlineData(DegradationLevel.NoOptionalReviews, 2)]
    [InlineData(DegradationLevel.ReadOnly, 0)]
    public void Workers_begin_as_the_level_allows(DegradationLevel level, int begin) =>
        Assert.Equal(begin, Decide(Planned(8).Apply(new LevelChanged(level, ""))).OfType<DoWork>().Count());

    [Fact]
    public void Those_at_work_when_the_level_falls_go_on_and_none_joins_them()
    {
        var state = Enumerable.Range(1, 3).Aggregate(Planned(8), (s, n) => s.Apply(new WorkStarted($"u{n}", 1, "base")));
        state = state.Apply(new LevelChanged(DegradationLevel.FewerWorkers, "")).Apply(new WorkEnded("u1", 1, null, WorkFailure.NothingDone, "", []) { At = Noon });
        Assert.Equal(["u2", "u3"], Decide(state).OfType<DoWork>().Select(w => w.Unit));
    }

    [Fact]
    public void Read_only_lands_nothing_and_what_is_verified_lands_afterwards()
    {
        var state = Planned(1).Apply(new WorkStarted("u1", 1, "base")).Apply(new WorkEnded("u1", 1, "c", WorkFailure.None, "", ["f"]) { At = Noon });
        Assert.DoesNotContain(Decide(state.Apply(new LevelChanged(DegradationLevel.ReadOnly, ""))), a => a is BuildBatch);
        state = state.Apply(new BatchBuilt(1, "base", "b", ["u1"], new Dictionary<string, string>())).Apply(new BatchVerified(1, 1, Verdict.Passed, "", []));
        var readOnly = state.Apply(new LevelChanged(DegradationLevel.ReadOnly, ""));
        Assert.DoesNotContain(Decide(readOnly), a => a is Land);
        Assert.Contains(Decide(readOnly.Apply(new LevelChanged(DegradationLevel.Full, ""))), a => a is Land);
    }

    [Fact]
    public void Read_only_holds_a_red_base_and_its_repair_back_until_the_disk_has_room()
    {
        var begun = Fresh(new MissionSettings { Repairs = 1 });
        var red = begun with { BaseIsRed = true };
        var found = red.Apply(new RepairFound(1, "good", 5, 1));
        foreach (var (state, then) in new (MissionState, MissionAction)[] { (begun, new VerifyBase("base", 1)), (red, new RepairBase("base", 1)), (found, new LandRepair("good", 1, null)) })
        {
            Assert.Equal([then], Decide(state));
            var held = state.Apply(new LevelChanged(DegradationLevel.ReadOnly, "the disk is nearly full"));
            Assert.Equal([new Wait(DateTimeOffset.MaxValue)], Decide(held));
            // One that runs comes to its end.
            Assert.Empty(new MissionDecision().Decide(held, new HashSet<string> { then.Key }, Noon));
            Assert.Equal([then], Decide(held.Apply(new LevelChanged(DegradationLevel.Full, ""))));
        }

        // A question needs no disk.
        var large = red.Apply(new RepairFound(1, "good", 5000, 1)).Apply(new LevelChanged(DegradationLevel.ReadOnly, ""));
        Assert.Equal([new AskApproval(Gates.LargeMerge, "repair/1")], Decide(large));
    }

    [Fact]
    public void Read_only_begins_nothing_again_that_a_crash_ended_and_no_plan()
    {
        var state = Planned(2).Apply(new WorkStarted("u1", 1, "base")).Apply(new LevelChanged(DegradationLevel.ReadOnly, ""));
        Assert.Equal([new Wait(DateTimeOffset.MaxValue)], Decide(state));
        Assert.Equal([new Wait(DateTimeOffset.MaxValue)], Decide(Fresh().Apply(new BaseVerified("base", Verdict.Passed, "", [])).Apply(new LevelChanged(DegradationLevel.ReadOnly, ""))));
    }

    [Fact]
    public void No_batch_is_verified_on_an_assumption_without_speculation()
    {
        var state = Planned(2, new MissionSettings { Review = false, SpeculativeBatch = true, BatchLimit = 1 });
        foreach (var id in new[] { "u1", "u2" })
            state = state.Apply(new WorkStarted(id, 1, "base")).Apply(new WorkEnded(id, 1, $"c{id}", WorkFailure.None, "", ["f"]) { At = Noon });
        state = state.Apply(new BatchBuilt(1, "base", "b", ["u1"], new Dictionary<string, string>()));
        Assert.Contains(Decide(state), a => a is BuildBatch);
        Assert.DoesNotContain(Decide(state.Apply(new LevelChanged(DegradationLevel.NoSpeculation, ""))), a => a is BuildBatch);
    }

    [Fact]
    public void Safe_stop_lets_what_runs_end_and_then_the_process()
    {
        var state = Planned(3).Apply(new WorkStarted("u1", 1, "base")).Apply(new LevelChanged(DegradationLevel.SafeStop, "the disk is full"));
        Assert.Empty(new MissionDecision().Decide(state, new HashSet<string> { "work/u1/1" }, Noon));
        Assert.Equal(Suspend.SafeStop, Assert.IsType<Suspend>(Assert.Single(Decide(state))).WaitingFor);
        state = state.Apply(new Suspended { At = Noon }).Apply(new LevelChanged(DegradationLevel.Full, "") { At = Noon.AddDays(1) });
        Assert.Contains(new MissionDecision().Decide(state, Nothing, Noon.AddDays(1)), a => a is DoWork { Unit: "u1", Attempt: 1 });
    }

    private static IReadOnlyList<MissionAction> Decide(MissionState state) => new MissionDecision().Decide(state, Nothing, Noon);

    private static MissionState Fresh(MissionSettings? settings = null) =>
        new() { Objective = "o", Base = "base", StartedAt = Noon, Settings = settings ?? new MissionSettings { Review = false } };

    private static MissionState Planned(int units, MissionSettings? settings = null) =>
        Fresh(settings)
            .Apply(new BaseVerified("base", Verdict.Passed, "", []))
            .Apply(new PlanMade(1, [.. Enumerable.Range(1, units).Select(n => new PlannedUnit { Id = $"u{n}", Title = "t" })], 5));
}
