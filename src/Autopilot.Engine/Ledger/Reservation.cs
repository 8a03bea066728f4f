using Autopilot.Core.Governance;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>An open permit as the ledger holds it.</summary>
/// <param name="Reserved">In millionths of a USD; 0 where no cap applies.</param>
/// <param name="Most">What may be spent, in millionths of a USD; null where no cap applies.</param>
/// <param name="Spends">False for what is free as far as anybody knows: then nothing is reserved, whatever the most is.</param>
internal sealed record Reservation(string Id, string RunId, string Role, string Agent, string? Provider, string Day, string Month, long Reserved, long ReservedTokens, long? Most, bool Spends)
{
    // A permit from before there was a most has what it reserved.
    private const string Columns = "id, run_id, role, COALESCE(agent, ''), provider, day, month, reserved, reserved_tokens, COALESCE(most, NULLIF(reserved, 0)), spends";

    /// <summary>Whether a cap applies.</summary>
    public bool IsLimited => Most is not null;

    /// <summary>Null when there is no such open permit.</summary>
    public static Reservation? Open(SqlSession session, string id) =>
        session.Query($"SELECT {Columns} FROM permit WHERE id = $1 AND state = 'open'", Read, id).SingleOrDefault();

    public static void Insert(SqlSession session, string id, PermitRequest request, decimal? limit, long tokens, DateTimeOffset now)
    {
        var me = LedgerProcess.Current;
        var most = limit is { } usd ? Money.Store(usd) : (long?)null;
        session.Execute(
            """
            INSERT INTO permit(id, kind, run_id, role, agent, provider, unattended, state, reserved, reserved_tokens, day, month, pid, pid_start, boot, granted_at, spends, model, most)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            id, request.Kind, request.RunId, request.Role, request.Agent, request.Provider, request.Unattended ? 1 : 0,
            request.SpendsMoney ? most ?? 0 : 0, tokens, BudgetScopes.Day(now), BudgetScopes.Month(now), me.Pid, me.StartTime, me.Boot, now.ToUnixTimeMilliseconds(), request.SpendsMoney ? 1 : 0, request.Model, most);
    }

    /// <summary>What is booked when nobody knows the cost: the reservation, or without one the estimate; never nothing, unless the work is free.</summary>
    public long Unknown(SqlSession session) =>
        !Spends ? 0 : IsLimited ? Reserved : Money.Store(EstimateTable.Read(session, Role, Agent).ProjectedUsd ?? Admission.SmallestStepUsd);

    /// <summary>Ends what dead processes left open. What they spent is unknown: the estimate is booked, at most what was reserved, and where there is none, all that was.</summary>
    public static void EndThoseOfTheDead(SqlSession session, DateTimeOffset now)
    {
        var holders = session.Query(
            "SELECT DISTINCT pid, pid_start, boot FROM permit WHERE state = 'open'",
            row => new LedgerProcess(row.GetInt32(0), row.GetInt64(1), row.GetString(2)));
        foreach (var dead in holders.Where(holder => !holder.IsAlive))
        {
            var left = session.Query($"SELECT {Columns} FROM permit WHERE state = 'open' AND pid = $1 AND pid_start = $2 AND boot = $3", Read, dead.Pid, dead.StartTime, dead.Boot);
            foreach (var reservation in left)
            {
                reservation.End(session, "abandoned", reservation.Likely(session), reservation.ReservedTokens, 0, false, now);
                ProviderTable.Abandoned(session, reservation.Id);
                CounterTable.Add(session, "autopilot_reservations_abandoned_total", "");
            }

            session.Execute("DELETE FROM waiting WHERE pid = $1 AND pid_start = $2", dead.Pid, dead.StartTime);
        }
    }

    /// <summary>What somebody has likely spent who died on the way: no more than is booked when nobody knows.</summary>
    private long Likely(SqlSession session)
    {
        var unknown = Unknown(session);
        return EstimateTable.Read(session, Role, Agent).ProjectedUsd is { } estimate ? Math.Min(Money.Store(estimate), unknown) : unknown;
    }

    /// <summary>Closes it and adds what it cost to the sums. Nothing here can make them smaller.</summary>
    public void End(SqlSession session, string state, long cost, long tokens, long overrun, bool known, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        session.Execute(
            "UPDATE permit SET state = $2, cost = $3, tokens = $4, overrun = $5, cost_known = $6, ended_at = $7 WHERE id = $1",
            Id, state, cost, tokens, overrun, known ? 1 : 0, now.ToUnixTimeMilliseconds());
        if (cost == 0 && tokens == 0) return;
        foreach (var scope in BudgetScopes.Keys(RunId, Provider, Day, Month))
            session.Execute(
                "INSERT INTO spent(scope, usd, tokens) VALUES ($1, $2, $3) ON CONFLICT(scope) DO UPDATE SET usd = usd + excluded.usd, tokens = tokens + excluded.tokens",
                scope, cost, tokens);
    }

    private static Reservation Read(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.GetString(5), row.GetString(6), row.GetInt64(7), row.GetInt64(8), row.IsDBNull(9) ? null : row.GetInt64(9), row.GetInt64(10) != 0);
}
