using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

/// <summary>Each rule of a mission changes what it does next.</summary>
public class MissionSettingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MissionSettings Plain = new() { Review = false };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void So_many_workers_begin(int workers) => Assert.Equal(workers, Decide(Planned(5, Plain with { Workers = workers })).OfType<DoWork>().Count());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void So_many_units_are_verified_together(int limit)
    {
        var state = Worked(5, Plain with { BatchLimit = limit });
        Assert.Equal(limit, Assert.Single(Decide(state).OfType<BuildBatch>()).Units.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_next_batch_is_built_on_one_under_verification_where_that_is_wanted(bool speculative)
    {
        var state = Worked(2, Plain with { BatchLimit = 1, SpeculativeBatch = speculative }).Apply(new BatchBuilt(1, "base", "b", ["u1"], new Dictionary<string, string>()));
        Assert.Equal(speculative, Decide(state).Any(a => a is BuildBatch { Onto: "b" }));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Its_time_ends_it(int minutes, bool ends)
    {
        var state = Planned(1, Plain with { MaxTime = TimeSpan.FromHours(1) });
        Assert.Equal(ends, Decide(state, Noon.AddMinutes(minutes)).Any(a => a is Stop { Cause: "wall_time" }));
    }

    [Theory]
    [InlineData(1.99, false)]
    [InlineData(2, true)]
    public void Its_budget_ends_it(double spent, bool ends)
    {
        var state = Planned(1, Plain with { MaxBudgetUsd = 2 }) with { SpentUsd = (decimal)spent };
        Assert.Equal(ends, Decide(state).Any(a => a is Stop { Cause: "budget" }));
    }

    [Fact]
    public void A_retry_waits_so_long_and_doubles()
    {
        var state = Fail(Planned(1, Plain with { MaxAttempts = 5, RetryDelay = TimeSpan.FromSeconds(7), MaxRetryDelay = TimeSpan.FromSeconds(20) }), 1);
        Assert.Equal(Noon.AddSeconds(7), state.Units["u1"].NotBefore);
        Assert.All(Decide(state, Noon.AddSeconds(6)), action => Assert.Equal(new Wait(Noon.AddSeconds(7)), action));
        Assert.Contains(Decide(state, Noon.AddSeconds(7)), a => a is DoWork { Attempt: 2 });
        Assert.Equal(Noon.AddSeconds(14), (state = Fail(state, 2)).Units["u1"].NotBefore);
        Assert.Equal(Noon.AddSeconds(20), Fail(state, 3).Units["u1"].NotBefore);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_unit_is_given_up_after_so_many_attempts(int attempts)
    {
        var state = Planned(1, Plain with { MaxAttempts = attempts });
        for (var i = 1; i <= attempts; i++)
        {
            Assert.Equal(UnitStatus.Pending, state.Units["u1"].Status);
            state = Fail(state, i);
        }

        Assert.Equal(UnitStatus.Abandoned, state.Units["u1"].Status);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void A_large_change_in_lines_or_in_files_waits_for_a_person(int lines, int files)
    {
        var asks = Fail(Planned(1, Plain with { LargeMerge = new LargeMerge(lines * 10, files * 2) }), 1, lines: lines * 10, files: ["a", "b"], commit: "c");
        Assert.Equal(UnitStatus.Approving, asks.Units["u1"].Status);
        var passes = Fail(Planned(1, Plain with { LargeMerge = new LargeMerge(lines * 10, files * 2) }), 1, lines: lines * 9, files: ["a"], commit: "c");
        Assert.Equal(UnitStatus.Queued, passes.Units["u1"].Status);
    }

    private static MissionState Fail(MissionState state, int attempt, int lines = 0, IReadOnlyList<string>? files = null, string? commit = null) =>
        state.Apply(new WorkStarted("u1", attempt, "base")).Apply(new WorkEnded("u1", attempt, commit, commit is null ? WorkFailure.NothingDone : WorkFailure.None, "", files ?? []) { Lines = lines, At = Noon });

    private static IReadOnlyList<MissionAction> Decide(MissionState state, DateTimeOffset? now = null) => new MissionDecision().Decide(state, new HashSet<string>(), now ?? Noon);

    private static MissionState Worked(int units, MissionSettings settings) => Enumerable.Range(1, units).Aggregate(
        Planned(units, settings),
        (state, n) => state.Apply(new WorkStarted($"u{n}", 1, "base")).Apply(new WorkEnded($"u{n}", 1, $"c{n}", WorkFailure.None, "", ["f"]) { At = Noon }));

    private static MissionState Planned(int units, MissionSettings settings) =>
        new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = settings }
            .Apply(new BaseVerified("base", Verdict.Passed, "", []))
            .Apply(new PlanMade(1, [.. Enumerable.Range(1, units).Select(n => new PlannedUnit { Id = $"u{n}", Title = "t" })], 5));
}
