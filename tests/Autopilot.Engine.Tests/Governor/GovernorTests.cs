using System.Collections.Concurrent;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

public sealed class GovernorTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly GovernorHome home;
    private readonly ModeMachine machine;
    private readonly KillSwitch killSwitch;
    private readonly List<IAsyncDisposable> stores = [];
    private readonly List<IDisposable> stops = [];

    public GovernorTests()
    {
        home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        machine = new ModeMachine(home, clock);
        killSwitch = new KillSwitch(home, machine);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stop in stops) stop.Dispose();
        foreach (var store in stores) await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_permit_reserves_and_settles()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 5, DayUsd = 12 });
        var first = await governor.Acquire(Session(), default);
        var second = await governor.Acquire(Session(), default);
        var third = await governor.Acquire(Session(), default);
        Assert.Equal([5m, 5m, 2m], new[] { first, second, third }.Select(p => p.LimitUsd!.Value));
        await first.Settle(new TokenUsage(10, 5, 0, 0), 1.25m, default);
        await second.DisposeAsync();
        var day = (await Report(store, new GovernorLimits { DayUsd = 12 })).Caps[0];
        Assert.Equal((1.25m, 2m, 8.75m), (day.Spent, day.Reserved, day.Left!.Value));
    }

    [Fact]
    public async Task Sessions_that_end_badly_are_counted()
    {
        var (governor, store) = Open(new GovernorLimits());
        AgentOutcome[] outcomes =
        [
            new() { Kind = OutcomeKind.Completed, Detail = "" },
            new() { Kind = OutcomeKind.Crashed, Failure = FailureKind.Crash, Detail = "" },
            new() { Kind = OutcomeKind.Limited, Limit = LimitKind.Disk, Detail = "" },
        ];
        foreach (var outcome in outcomes)
        {
            await using var permit = await governor.Acquire(Session() with { Provider = "vendor" }, default);
            await governor.Report(permit, outcome, default);
        }

        var counters = await store.Read(CounterTable.All);
        Assert.Equal(["cause=\"crash\",provider=\"vendor\"", "cause=\"disk\",provider=\"vendor\""], counters.Where(c => c.Name == "autopilot_session_failures_total").Select(c => c.Labels));
    }

    [Fact]
    public async Task What_can_never_fit_is_refused_with_the_arithmetic()
    {
        var (governor, _) = Open(new GovernorLimits { SessionUsd = 5, DayUsd = 1 });
        await using (var permit = await governor.Acquire(Session(), default)) await permit.Settle(default, 1m, default);
        var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session(), default));
        Assert.Equal("budget:day", refusal.Code);
        Assert.Contains("$1.00 cap - $1.00 spent - $0.00 reserved = $0.00 left", refusal.Message);
        var tooSmall = await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session() with { CapUsd = 0.001m }, default));
        Assert.Equal("budget:session", tooSmall.Code);
    }

    [Fact]
    public async Task An_overrun_is_recorded_counts_and_stops_what_it_exhausts()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 1, DayUsd = 1 });
        var permit = await governor.Acquire(Session(), default);
        await permit.Settle(default, 1.5m, default);
        var day = Assert.Single((await Report(store, new GovernorLimits { DayUsd = 1 })).ByDay);
        Assert.Equal((1.5m, 0.5m), (day.Spent, day.Overrun));
        Assert.StartsWith("budget:day", governor.StopCause);
        Assert.True(governor.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Spending_is_told_by_the_model_that_answered_and_what_is_out_by_the_one_asked_for()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 2 });
        await using var permit = await governor.Acquire(Session() with { Model = "opus" }, default);
        var open = Assert.Single((await Report(store, new GovernorLimits())).Open);
        Assert.Equal(("session", "run-1", "worker", "claude", "opus", 2m), (open.Kind, open.RunId, open.Role, open.Agent, open.Model, open.Reserved));
        await governor.Report(permit, Outcome(FailureKind.None, null) with { Model = "opus-4" }, default);
        await permit.Settle(default, 0.5m, default);
        var report = await Report(store, new GovernorLimits());
        Assert.Equal(("opus-4", 0.5m), (Assert.Single(report.ByModel).Name, report.ByModel[0].Spent));
        Assert.Empty(report.Open);
    }

    [Fact]
    public async Task An_unknown_cost_books_the_reservation_and_never_nothing()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 3 });
        await (await governor.Acquire(Session(), default)).Settle(default, null, default);
        var (unlimited, _) = Open(new GovernorLimits());
        await (await unlimited.Acquire(Session(), default)).Settle(default, null, default);
        Assert.Equal(3.01m, (await Report(store, new GovernorLimits())).Caps[0].Spent);
    }

    [Fact]
    public async Task What_is_below_zero_makes_no_sum_smaller()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 3, DayUsd = 20, DayTokens = 1000 });
        await (await governor.Acquire(Session(), default)).Settle(new TokenUsage(100, 0, 0, 0), 2m, default);
        await (await governor.Acquire(Session(), default)).Settle(new TokenUsage(-90, -10, -5, 5), -2m, default);
        var day = Assert.Single((await Report(store, new GovernorLimits())).ByDay);
        Assert.Equal((5m, 105L), (day.Spent, day.Tokens));
    }

    [Fact]
    public async Task An_absurd_amount_is_booked_as_the_largest_there_is_and_stops_the_work()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 3, DayUsd = 20 });
        await (await governor.Acquire(Session(), default)).Settle(new TokenUsage(long.MaxValue, long.MaxValue, 0, 0), decimal.MaxValue, default);
        Assert.StartsWith("budget:day", governor.StopCause);
        var day = Assert.Single((await Report(store, new GovernorLimits())).ByDay);
        Assert.Equal((1_000_000_000m, 1_000_000_000_000_000), (day.Spent, day.Tokens));
        var (other, _) = Open(new GovernorLimits { SessionUsd = 3 });
        await using var permit = await other.Acquire(Session(), default);
        Assert.Equal(3m, permit.LimitUsd);
    }

    [Fact]
    public async Task What_never_cost_anything_begins_without_reserving_and_may_spend_what_is_left()
    {
        var limits = new GovernorLimits { SessionUsd = 5, DayUsd = 2 };
        var (governor, store) = Open(limits);
        await using var script = await governor.Acquire(Script(), default);
        Assert.Equal((2m, 0m), (script.LimitUsd, (await Report(store, limits)).Caps[0].Reserved));
        await using (var paid = await governor.Acquire(Session(), default)) await paid.Settle(default, 2m, default);
        await using var beyond = await governor.Acquire(Script(), default);
        Assert.Equal(0m, beyond.LimitUsd);
        await using var merge = await governor.Acquire(new PermitRequest { Kind = "merge", RunId = "run-1", Role = "merge", SpendsMoney = false }, default);
        Assert.Null(merge.LimitUsd);
    }

    [Fact]
    public async Task What_reports_a_cost_after_all_overruns_and_from_then_on_is_reserved_and_refused_like_others()
    {
        var limits = new GovernorLimits { SessionUsd = 2, DayUsd = 4 };
        var (governor, store) = Open(limits);
        await (await governor.Acquire(Script() with { CapUsd = 1 }, default)).Settle(default, 1.5m, default);
        Assert.Equal((1.5m, 0.5m), (Assert.Single((await Report(store, limits)).ByDay).Spent, (await Report(store, limits)).ByDay[0].Overrun));
        await using (var second = await governor.Acquire(Script() with { Role = "reviewer" }, default))
        {
            Assert.Equal(2m, (await Report(store, limits)).Caps[0].Reserved);
            await second.Settle(default, 2.5m, default);
        }

        Assert.Equal("budget:day", (await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Script(), default))).Code);
        await using var other = await governor.Acquire(Script() with { Agent = "free.sh" }, default);
    }

    [Fact]
    public async Task A_full_budget_that_others_only_reserved_is_waited_for()
    {
        var (governor, store) = Open(new GovernorLimits { SessionUsd = 5, DayUsd = 5 });
        var first = await governor.Acquire(Session(), default);
        var second = governor.Acquire(Session() with { RunId = "other" }, default);
        await Until(async () => (await Report(store, new GovernorLimits())).Waiting.Count == 1);
        Assert.False(second.IsCompleted);
        await first.Settle(default, 1m, default);
        Assert.Equal(4m, (await Within(second)).LimitUsd);
        Assert.Empty((await Report(store, new GovernorLimits())).Waiting);
    }

    [Fact]
    public async Task Concurrent_grants_over_several_connections_never_pass_a_cap()
    {
        var limits = new GovernorLimits { SessionUsd = 0.5m, DayUsd = 10, LongestWait = TimeSpan.Zero };
        var governors = Enumerable.Range(0, 6).Select(_ => Open(limits)).ToList();
        var random = new Random(7);
        var costs = Enumerable.Range(0, 180).Select(_ => (decimal)random.Next(1, 50) / 100).ToList();
        var settled = new ConcurrentBag<decimal>();
        await Task.WhenAll(costs.Select(async (cost, i) =>
        {
            try
            {
                await using var permit = await governors[i % 6].Governor.Acquire(Session() with { RunId = $"r{i % 9}" }, default);
                var spent = Math.Min(cost, permit.LimitUsd!.Value);
                await permit.Settle(default, spent, default);
                settled.Add(spent);
            }
            catch (PermitRefusedException refused)
            {
                Assert.Matches("^budget:", refused.Code);
            }
        }));
        var day = (await Report(governors[0].Store, limits)).Caps[0];
        // How many found the cap reserved by others is a matter of time; that what was granted is what was spent is not.
        Assert.Equal(settled.Sum(), day.Spent);
        Assert.InRange(day.Spent, 0.01m, 10m);
        Assert.Equal(0m, day.Reserved);
    }

    [Fact]
    public async Task Reservations_of_the_dead_are_given_back_less_the_estimate()
    {
        var limits = new GovernorLimits { SessionUsd = 5, DayUsd = 8, DayTokens = 3_000_000 };
        var (governor, store) = Open(limits);
        await (await governor.Acquire(Session(), default)).Settle(new TokenUsage(1000, 0, 0, 0), 1m, default);
        await governor.Acquire(Session(), default);
        await KillAll(store);
        await using var next = await governor.Acquire(Session(), default);
        Assert.Equal(5m, next.LimitUsd);
        var day = Assert.Single((await Report(store, limits)).ByDay);
        Assert.Equal((2.5m, 2500L), (day.Spent, day.Tokens));
    }

    [Fact]
    public async Task What_the_dead_reserved_may_have_been_spent_where_nothing_is_known()
    {
        var limits = new GovernorLimits { SessionUsd = 5, DayUsd = 8, DayTokens = 3_000_000 };
        var (governor, store) = Open(limits);
        await governor.Acquire(Session(), default);
        await governor.Acquire(Script(), default);
        await KillAll(store);
        await using var next = await governor.Acquire(Session() with { Role = "reviewer" }, default);
        Assert.Equal(3m, next.LimitUsd);
        var day = Assert.Single((await Report(store, limits)).ByDay);
        Assert.Equal((5m, 1_000_000L), (day.Spent, day.Tokens));
    }

    [Fact]
    public async Task The_dead_book_something_also_without_a_cap()
    {
        var (governor, store) = Open(new GovernorLimits());
        await governor.Acquire(Session(), default);
        await KillAll(store);
        Assert.Equal(0.01m, Assert.Single((await Report(store, new GovernorLimits())).ByDay).Spent);
    }

    [Fact]
    public async Task Unattended_work_needs_the_mode_and_a_person_does_not()
    {
        var (governor, _) = Open(new GovernorLimits());
        Assert.Equal("mode:off", (await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session() with { Unattended = true }, default))).Code);
        await using var permit = await governor.Acquire(Session(), default);
    }

    [Fact]
    public async Task The_kill_switch_refuses_what_waits_and_what_begins()
    {
        var (governor, _) = Open(new GovernorLimits { SessionUsd = 5, DayUsd = 5 });
        await using var first = await governor.Acquire(Session(), default);
        var waiting = governor.Acquire(Session(), default);
        killSwitch.Pull("enough", new Caller(Actor.User, new ProcessIdentity(1, 1, "sh"), []));
        var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => Within(waiting));
        Assert.Equal("kill", refusal.Code);
        Assert.Contains("enough", refusal.Message);
    }

    [Fact]
    public async Task Caps_of_tokens_and_of_one_provider_refuse_what_is_beyond()
    {
        var limits = new GovernorLimits { DayTokens = 100, Providers = new Dictionary<string, ProviderCap> { ["anthropic"] = new(1m, null) } };
        var (governor, _) = Open(limits);
        await (await governor.Acquire(Session() with { Provider = "anthropic" }, default)).Settle(default, 1m, default);
        var ofProvider = await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session() with { Provider = "anthropic" }, default));
        Assert.Equal("budget:provider", ofProvider.Code);
        await (await governor.Acquire(Session(), default)).Settle(new TokenUsage(60, 40, 0, 0), 0.5m, default);
        var ofTokens = await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session() with { Role = "reviewer" }, default));
        Assert.Contains("100 tokens cap - 100 tokens spent", ofTokens.Message);
    }

    [Fact]
    public async Task Sessions_without_history_do_not_pass_a_cap_of_tokens_together()
    {
        var limits = new GovernorLimits { DayTokens = 1_500_000, MonthTokens = 40_000_000 };
        var (governor, store) = Open(limits);
        var first = await governor.Acquire(Session(), default);
        var second = await governor.Acquire(Session() with { Role = "reviewer" }, default);
        Assert.Equal(1_500_000, await store.Read(session => session.Scalar<long>("SELECT SUM(reserved_tokens) FROM permit WHERE state = 'open'")));
        var third = governor.Acquire(Session() with { Role = "auditor" }, default);
        await Until(async () => (await Report(store, limits)).Waiting.Count == 1);
        Assert.False(third.IsCompleted);
        await first.Settle(new TokenUsage(900_000, 0, 0, 0), null, default);
        await using var granted = await Within(third);
        await second.Settle(new TokenUsage(600_000, 0, 0, 0), null, default);
        var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => governor.Acquire(Session() with { Role = "planner" }, default));
        Assert.Contains("1500000 tokens cap - 1500000 tokens spent", refusal.Message);
        Assert.Equal("budget:day", refusal.Code);
    }

    [Fact]
    public async Task Without_a_cap_of_tokens_none_are_reserved()
    {
        var (governor, store) = Open(new GovernorLimits { DayUsd = 5 });
        await using var permit = await governor.Acquire(Session(), default);
        Assert.Equal(0, await store.Read(session => session.Scalar<long>("SELECT SUM(reserved_tokens) FROM permit")));
    }

    [Fact]
    public async Task A_rate_limited_provider_is_waited_for_and_a_failing_one_gets_one_probe()
    {
        var (governor, store) = Open(new GovernorLimits());
        var request = Session() with { Provider = "anthropic" };
        var limited = await governor.Acquire(request, default);
        await governor.Report(limited, Outcome(FailureKind.RateLimit, clock.GetUtcNow().AddMinutes(5)), default);
        await limited.DisposeAsync();
        var waiting = governor.Acquire(request, default);
        await Until(async () => (await Report(store, new GovernorLimits())).Waiting.Count == 1);
        clock.Advance(TimeSpan.FromMinutes(6));
        await using var after = await Within(waiting);
        await governor.Report(after, Outcome(FailureKind.None, null) with { Kind = OutcomeKind.Completed }, default);

        for (var i = 0; i < Breaker.Threshold; i++)
        {
            await using var failing = await governor.Acquire(request, default);
            await governor.Report(failing, Outcome(FailureKind.ServerError, null), default);
        }

        Assert.Equal("open", Assert.Single((await Report(store, new GovernorLimits())).Providers).State);
        clock.Advance(Breaker.Cooldown + TimeSpan.FromSeconds(2));
        await using var probe = await governor.Acquire(request, default);
        var second = governor.Acquire(request, default);
        await Until(async () => (await Report(store, new GovernorLimits())).Waiting.Count == 1);
        await governor.Report(probe, Outcome(FailureKind.None, null) with { Kind = OutcomeKind.Completed }, default);
        await using var granted = await Within(second);
    }

    [Fact]
    public async Task A_limit_is_believed_for_eight_days_at_most()
    {
        var (governor, _) = Open(new GovernorLimits());
        await using var permit = await governor.Acquire(Session() with { Provider = "anthropic" }, default);
        await governor.Report(permit, Outcome(FailureKind.RateLimit, DateTimeOffset.MaxValue), default);
        Assert.Equal(clock.GetUtcNow().AddDays(8), await governor.BlockedUntil("anthropic", default));
        await governor.Report(permit, Outcome(FailureKind.RateLimit, clock.GetUtcNow().AddDays(7)), default);
        Assert.Equal(clock.GetUtcNow().AddDays(7), await governor.BlockedUntil("anthropic", default));
    }

    private (Autopilot.Engine.Governor.Governor Governor, IStore Store) Open(GovernorLimits limits)
    {
        var store = LedgerSchema.Open(home, clock);
        var stop = new StopSource(home, killSwitch, null, clock);
        stores.Add(store);
        stops.Add(stop);
        // The machine that runs the tests may be short of memory; what is tested here is money.
        var generous = limits with { Resources = new ResourceThresholds(0, 0) };
        return (new Autopilot.Engine.Governor.Governor(home, store, machine, stop, generous, clock), store);
    }

    private static Task KillAll(IStore store) => store.Write(session => session.Execute("UPDATE permit SET pid_start = pid_start + 1 WHERE state = 'open'"));

    private Task<LedgerReport> Report(IStore store, GovernorLimits limits) => LedgerReport.Read(store, limits, clock);

    private async Task<T> Within<T>(Task<T> task)
    {
        await Until(() => Task.FromResult(task.IsCompleted));
        return await task;
    }

    private async Task Until(Func<Task<bool>> reached)
    {
        for (var i = 0; i < 100_000 && !await reached(); i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    private static PermitRequest Session() => new() { Kind = "session", RunId = "run-1", Role = "worker", Agent = "claude" };

    private static PermitRequest Script() => Session() with { Agent = "agent.sh", SpendsMoney = false };

    private static AgentOutcome Outcome(FailureKind failure, DateTimeOffset? retryAt) =>
        new() { Kind = OutcomeKind.Failed, Failure = failure, Detail = "", RetryAt = retryAt };
}
