using Autopilot.Core.Governance;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>The history of costs by role and agent.</summary>
internal static class EstimateTable
{
    public static Estimate Read(SqlSession session, string role, string agent)
    {
        var (usd, tokens) = Load(session, role, agent);
        return new Estimate((decimal?)usd.Projected, usd.Smallest > 0 ? (decimal)usd.Smallest : null, (long?)tokens.Projected);
    }

    /// <summary>Whether the agent has ever cost anything, in whatever role.</summary>
    public static bool HasCost(SqlSession session, string agent) => session.Scalar<long>("SELECT COUNT(*) FROM cost_history WHERE agent = $1", agent) > 0;

    public static void Add(SqlSession session, string role, string agent, decimal costUsd, long usedTokens)
    {
        if (costUsd <= 0) return;
        var (usd, tokens) = Load(session, role, agent);
        var (nextUsd, nextTokens) = (usd.Add((double)costUsd), tokens.Add(usedTokens));
        session.Execute(
            """
            INSERT INTO cost_history(role, agent, count, average, smallest, tokens) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT(role, agent) DO UPDATE SET count = excluded.count, average = excluded.average, smallest = excluded.smallest, tokens = excluded.tokens
            """,
            role, agent, nextUsd.Count, nextUsd.Average, nextUsd.Smallest, nextTokens.Average);
    }

    private static (CostHistory Usd, CostHistory Tokens) Load(SqlSession session, string role, string agent) =>
        session.Query(
            "SELECT count, average, smallest, tokens FROM cost_history WHERE role = $1 AND agent = $2",
            row => (new CostHistory(row.GetInt32(0), row.GetDouble(1), row.GetDouble(2)), new CostHistory(row.GetInt32(0), row.GetDouble(3), 0)),
            role, agent).SingleOrDefault();
}
