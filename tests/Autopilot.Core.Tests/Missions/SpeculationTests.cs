using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

public class SpeculationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> Nothing = [];

    public static TheoryData<Measure, Rival[], int?> Contests() => new()
    {
        { Measure.Review, [Passed(1, score: 6), Passed(2, score: 8), Passed(3, score: 7)], 2 },
        { Measure.Review, [Passed(1), Passed(2, score: 4), Passed(3)], 1 },
        { Measure.Cost, [Passed(1, cost: 3), Passed(2, cost: 2), Passed(3, cost: 2, score: 9)], 3 },
        { Measure.Size, [Passed(1, lines: 30), Passed(2, lines: 20)], 2 },
        { Measure.Size, [Passed(1, lines: 20), Passed(2, lines: 20)], 1 },
        { Measure.Review, [Passed(1, score: 9) with { Status = RivalStatus.Out }, Passed(2, score: 2)], 2 },
        { Measure.Cost, [new Rival(1) { Status = RivalStatus.Out }, new Rival(2) { Status = RivalStatus.Committed }], null },
    };

    [Theory]
    [MemberData(nameof(Contests))]
    public void The_best_of_those_that_pass_the_gates_goes_on(Measure measure, Rival[] rivals, int? winner) =>
        Assert.Equal(winner, Contest.Winner(rivals, measure)?.Number);

    [Theory]
    [InlineData(0.8, 0, null, 0, 3)]
    [InlineData(0.6, 0, null, 0, 0)]
    [InlineData(0.8, 1, null, 0, 0)]
    [InlineData(0.8, 0, 10.0, 0, 3)]
    [InlineData(0.8, 0, 10.0, 1, 3)]
    [InlineData(0.8, 0, 10.0, 2, 0)]
    public void Only_uncertain_units_are_speculated_on_in_their_first_attempt_and_within_the_budget(double uncertainty, int charged, double? budget, double meanCost, int rivals)
    {
        var unit = new UnitState(Unit(uncertainty)) { Charged = charged };
        var state = Begun(new Speculation(3, 0.7, Measure.Review), 4) with { SpentUsd = (decimal)meanCost };
        state = state with { Settings = state.Settings with { MaxBudgetUsd = (decimal?)budget } };
        if (meanCost > 0) state = state with { Units = state.Units.Add("u9", new UnitState(Unit(0) with { Id = "u9" }) { Attempt = 1, CostUsd = (decimal)meanCost }) };
        Assert.Equal(rivals, Speculation.RivalsFor(state, unit));
    }

    [Fact]
    public void Rivals_take_workers_like_any_attempt_and_the_rest_wait()
    {
        var state = Plan(Begun(new Speculation(3, 0.7, Measure.Review), 2), Unit(0.9));
        var first = Decide(state).OfType<DoWork>().ToList();
        Assert.Equal(["work/u1/1.1", "work/u1/1.2"], first.Select(w => w.Key));
        foreach (var work in first) state = state.Apply(new WorkStarted("u1", 1, "base") { Rival = work.Rival, Rivals = work.Rivals, At = Noon });
        Assert.Equal(2, state.Units["u1"].AtWork);
        state = state.Apply(Ended(1, "c1"));
        Assert.Equal(["work/u1/1.2", "work/u1/1.3"], Decide(state).OfType<DoWork>().Select(w => w.Key));
    }

    [Fact]
    public void Nobody_is_judged_before_all_are_done_and_only_the_winner_goes_on()
    {
        var state = Rivalling(Begun(new Speculation(2, 0, Measure.Review), 4));
        state = state.Apply(Ended(1, "c1"));
        Assert.Equal(UnitStatus.Working, state.Units["u1"].Status);
        state = state.Apply(Ended(2, "c2"));
        Assert.Equal(["review/u1/1.1", "review/u1/1.2"], Decide(state).OfType<ReviewWork>().Select(r => r.Key));
        state = state.Apply(Judged(1, 6)).Apply(Judged(2, 9));
        Assert.Equal((UnitStatus.Queued, "c2", 2), (state.Units["u1"].Status, state.Units["u1"].Commit, state.Units["u1"].Winner));
        Assert.Equal(["u1"], state.Queue.Waiting);
        // The journal may bring the same news again after a crash.
        Assert.Equal(["u1"], state.Apply(Judged(1, 6)).Queue.Waiting);
    }

    [Fact]
    public void When_none_passes_the_next_attempt_is_a_plain_one_that_knows_why()
    {
        var state = Rivalling(Begun(new Speculation(2, 0, Measure.Review), 4));
        state = state.Apply(Ended(1, null)).Apply(Ended(2, "c2")).Apply(new Reviewed("u1", 1, ReviewVerdict.Retry, "too slow") { Rival = 2, At = Noon });
        var unit = state.Units["u1"];
        Assert.Equal(UnitStatus.Pending, unit.Status);
        Assert.Contains("too slow", unit.Setbacks.Single().Why, StringComparison.Ordinal);
        Assert.Equal("work/u1/2", new MissionDecision().Decide(state, Nothing, Noon.AddHours(1)).OfType<DoWork>().Single().Key);
    }

    private static WorkEnded Ended(int rival, string? commit) =>
        new("u1", 1, commit, commit is null ? WorkFailure.NothingDone : WorkFailure.None, "", []) { Rival = rival, At = Noon };

    private static Reviewed Judged(int rival, double score) => new("u1", 1, ReviewVerdict.Accepted, "") { Rival = rival, Score = score, At = Noon };

    private static MissionState Rivalling(MissionState state) => Enumerable.Range(1, 2)
        .Aggregate(Plan(state, Unit(0)), (s, n) => s.Apply(new WorkStarted("u1", 1, "base") { Rival = n, Rivals = 2, At = Noon }));

    private static IReadOnlyList<MissionAction> Decide(MissionState state) => new MissionDecision().Decide(state, Nothing, Noon);

    private static MissionState Plan(MissionState state, PlannedUnit unit) => state.Apply(new PlanMade(1, [unit], 4) { At = Noon });

    private static MissionState Begun(Speculation rule, int workers) =>
        new() { Objective = "o", Settings = new MissionSettings { Speculation = rule, Workers = workers }, StartedAt = Noon, Base = "base", Green = "base" };

    private static PlannedUnit Unit(double uncertainty) => new() { Id = "u1", Title = "t", Uncertainty = uncertainty };

    private static Rival Passed(int number, double? score = null, decimal cost = 0, int lines = 0) =>
        new(number) { Status = RivalStatus.Passed, Score = score, CostUsd = cost, Lines = lines };
}
