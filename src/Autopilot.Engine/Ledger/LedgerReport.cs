using Autopilot.Core.Governance;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>What was spent, is reserved and is left. Amounts are in USD, times in UTC.</summary>
public sealed record LedgerReport
{
    public required string Day { get; init; }

    public required string Month { get; init; }

    /// <summary>The caps of this day and month, with what is left of them.</summary>
    public required IReadOnlyList<BudgetLine> Caps { get; init; }

    public required IReadOnlyList<SpendingLine> ByDay { get; init; }

    public required IReadOnlyList<SpendingLine> ByRun { get; init; }

    public required IReadOnlyList<SpendingLine> ByAgent { get; init; }

    /// <summary>A dash for work whose model is not known.</summary>
    public required IReadOnlyList<SpendingLine> ByModel { get; init; }

    public required IReadOnlyList<SpendingLine> ByProvider { get; init; }

    public required IReadOnlyList<SpendingLine> ByRole { get; init; }

    public required IReadOnlyList<ProviderLine> Providers { get; init; }

    /// <summary>The permits that are out: sessions and model calls under way.</summary>
    public required IReadOnlyList<OpenPermitLine> Open { get; init; }

    public required IReadOnlyList<WaitingLine> Waiting { get; init; }

    private const int ShownRows = 30;

    /// <summary>Reads it all in one consistent look, after giving back what dead processes held.</summary>
    public static Task<LedgerReport> Read(IStore store, GovernorLimits limits, TimeProvider clock) => store.Write(session =>
    {
        var now = clock.GetUtcNow();
        Reservation.EndThoseOfTheDead(session, now);
        var (day, month) = (BudgetScopes.Day(now), BudgetScopes.Month(now));
        return new LedgerReport
        {
            Day = day,
            Month = month,
            Caps = [Cap(session, "day", "day|" + day, "day = $1", day, limits.DayUsd), Cap(session, "month", "month|" + month, "month = $1", month, limits.MonthUsd)],
            ByDay = Group(session, "day"),
            ByRun = Group(session, "run_id"),
            ByAgent = Group(session, "COALESCE(agent, '-')"),
            ByModel = Group(session, "COALESCE(model, '-')"),
            ByProvider = Group(session, "COALESCE(provider, '-')"),
            ByRole = Group(session, "role"),
            Providers = ProviderTable.All(session).Select(p => new ProviderLine(p.Name, p.Breaker.State(now), p.Breaker.Failures, p.Breaker.BlockedUntil(now), p.Breaker.Reason)).ToList(),
            Open = session.Query(
                "SELECT kind, run_id, role, agent, model, unattended, reserved, granted_at, pid FROM permit WHERE state = 'open' ORDER BY granted_at, id",
                row => new OpenPermitLine(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5) != 0,
                    Money.Load(row.GetInt64(6)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)), row.GetInt32(8))),
            Waiting = session.Query(
                "SELECT run_id, role, reason, since, until FROM waiting ORDER BY since",
                row => new WaitingLine(row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)))),
        };
    });

    /// <summary>All counts since the ledger began.</summary>
    public static Task<List<(string Name, string Labels, long Value)>> Counters(IStore store) => store.Read(CounterTable.All);

    private static BudgetLine Cap(SqlSession session, string name, string scope, string filter, string argument, decimal? cap)
    {
        var spent = Money.Load(session.Scalar<long>("SELECT usd FROM spent WHERE scope = $1", scope));
        var reserved = Money.Load(session.Scalar<long>($"SELECT COALESCE(SUM(reserved), 0) FROM permit WHERE state = 'open' AND {filter}", argument));
        return new BudgetLine(name, cap, spent, reserved, cap - spent - reserved);
    }

    private static List<SpendingLine> Group(SqlSession session, string by) => session.Query(
        $"""
        SELECT {by}, SUM(cost), SUM(CASE WHEN state = 'open' THEN reserved ELSE 0 END), SUM(tokens), COUNT(*), SUM(overrun)
        FROM permit WHERE kind <> 'merge' GROUP BY 1 ORDER BY MAX(granted_at) DESC LIMIT {ShownRows}
        """,
        row => new SpendingLine(row.GetString(0), Money.Load(row.GetInt64(1)), Money.Load(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4), Money.Load(row.GetInt64(5))));
}
