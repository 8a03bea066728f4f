using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Governor;

/// <summary>Keeps the level that all processes share.</summary>
public sealed class DegradationWatch(GovernorHome home, IStore store, GovernorLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private volatile Seen? last;

    public async Task<(DegradationLevel Level, string Reason)> Look(CancellationToken cancellation = default)
    {
        if (last is { } fresh && clock.GetElapsedTime(fresh.At) < FreshFor) return (fresh.Level, fresh.Reason);
        var now = clock.GetUtcNow();
        var (before, inputs) = await store.Read(session => (Current(session), Inputs(session, now)), cancellation);
        var (level, reason) = Degradation.Next(before, inputs, limits.Resources);
        last = new Seen(level, reason, clock.GetTimestamp());
        if (level != before) await store.Write(session => Enter(session, before, level), cancellation);
        return (level, reason);
    }

    private DegradationInputs Inputs(SqlSession session, DateTimeOffset now) => new(
        Math.Max(Used(session, "day|" + BudgetScopes.Day(now), limits.DayUsd), Used(session, "month|" + BudgetScopes.Month(now), limits.MonthUsd)),
        (int)session.Scalar<long>("SELECT COUNT(*) FROM rate_limit WHERE at > $1", now.AddMinutes(-1).ToUnixTimeMilliseconds()),
        ProviderTable.All(session).Count(p => p.Breaker.State(now) == "open"),
        MachineResources.FreeMemory(),
        MachineResources.FreeDisk(home.Path));

    private sealed record Seen(DegradationLevel Level, string Reason, long At);

    private static double Used(SqlSession session, string scope, decimal? cap) =>
        cap is > 0 ? (double)(Money.Load(session.Scalar<long>("SELECT usd FROM spent WHERE scope = $1", scope)) / cap.Value) : 0;

    private static DegradationLevel Current(SqlSession session) =>
        Enum.TryParse<DegradationLevel>(session.Scalar<string>("SELECT value FROM setting WHERE name = 'degradation'"), out var level) ? level : DegradationLevel.Full;

    private static void Enter(SqlSession session, DegradationLevel from, DegradationLevel to)
    {
        session.Execute("INSERT INTO setting(name, value) VALUES ('degradation', $1) ON CONFLICT(name) DO UPDATE SET value = excluded.value", to.ToString());
        CounterTable.Add(session, "autopilot_degradation_total", $"from=\"{Degradation.NameOf(from)}\",to=\"{Degradation.NameOf(to)}\"");
    }
}
