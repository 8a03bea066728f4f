using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>Reserves, then settles: each in one transaction that excludes all other processes, so that no cap is passed between look and grant.</summary>
internal sealed class PermitBook(IStore store, GovernorLimits limits, TimeProvider clock)
{
    /// <summary>The most tokens that one entry holds; thousands of them still have a sum.</summary>
    private const long MostTokens = 1_000 * TokenUsage.Most;

    public Task<LedgerVerdict> Grant(PermitRequest request, CancellationToken cancellation) => store.Write(session => Grant(session, request), cancellation);

    /// <summary>Books what it cost.</summary>
    /// <param name="usage">What it used; less than nothing counts as nothing.</param>
    /// <param name="costUsd">Null when unknown: then the reservation is booked. What is below zero tells nothing, and so is unknown.</param>
    /// <returns>By how much the reservation was overrun, in USD.</returns>
    public Task<decimal> Settle(string permit, TokenUsage usage, decimal? costUsd) => store.Write(session =>
    {
        if (Reservation.Open(session, permit) is not { } open) return 0m;
        if (costUsd < 0) costUsd = null;
        var tokens = Booked(usage);
        var cost = costUsd is { } known ? Money.Store(known) : open.Unknown(session);
        var overrun = open.Most is { } most ? Math.Max(0, cost - most) : 0;
        open.End(session, "settled", cost, tokens, overrun, costUsd is not null, Now);
        // An absurd amount stops the work by the caps; of the next one it tells nothing.
        if (costUsd is <= Money.Most and { } value) EstimateTable.Add(session, open.Role, open.Agent, value, tokens);
        if (overrun > 0) CounterTable.Add(session, "autopilot_budget_overruns_total", $"agent=\"{open.Agent}\"");
        return Money.Load(overrun);
    });

    /// <summary>Notes the model that answered.</summary>
    public Task Answered(string permit, string model) => store.Write(session => session.Execute("UPDATE permit SET model = $2 WHERE id = $1", permit, model));

    /// <summary>The scope of an ended permit in which more was spent than its cap allows; null when there is none.</summary>
    public Task<string?> Exhausted(string permit) => store.Read(session =>
    {
        var scopes = session.Query(
            "SELECT run_id, provider, day, month FROM permit WHERE id = $1 AND overrun > 0",
            row => (Run: row.GetString(0), Day: row.GetString(2), Month: row.GetString(3)), permit);
        foreach (var (run, day, month) in scopes)
        {
            if (Spent(session, "run|" + run) > limits.RunUsd) return "run";
            if (Spent(session, "day|" + day) > limits.DayUsd) return "day";
            if (Spent(session, "month|" + month) > limits.MonthUsd) return "month";
        }

        return null;
    });

    /// <summary>Gives back what was reserved; nothing was spent.</summary>
    public Task Release(string permit) => store.Write(session =>
    {
        Reservation.Open(session, permit)?.End(session, "released", 0, 0, 0, true, Now);
        ProviderTable.Abandoned(session, permit);
    });

    private static decimal Spent(SqlSession session, string scope) => Money.Load(session.Scalar<long>("SELECT usd FROM spent WHERE scope = $1", scope));

    private static long Booked(TokenUsage usage)
    {
        long[] counts = [usage.Input, usage.Output, usage.CacheRead, usage.CacheCreation];
        return Math.Min(MostTokens, counts.Sum(count => Math.Clamp(count, 0, MostTokens)));
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private LedgerVerdict Grant(SqlSession session, PermitRequest request)
    {
        Reservation.EndThoseOfTheDead(session, Now);
        if (request.Provider is { } provider && ProviderTable.Read(session, provider) is var breaker && breaker.BlockedUntil(Now) is { } until)
            return new LedgerVerdict.Wait($"provider:{breaker.State(Now)}", $"{provider} is {(breaker.LimitedUntil > Now ? "limited" : "failing")} ({breaker.Reason})", until);
        var id = Guid.NewGuid().ToString("N");
        if (request is { SpendsMoney: false, Agent: null }) return Insert(session, id, request, null, 0);

        var agent = request.Agent ?? "";
        var cap = Smaller(request.CapUsd, limits.SessionUsd);
        var scopes = BudgetScopes.Of(session, limits, request, Now);
        if (!request.SpendsMoney && !EstimateTable.HasCost(session, agent)) return Insert(session, id, request, Admission.Unreserved(cap, scopes).LimitUsd, 0);

        request = request with { SpendsMoney = true };
        var estimate = EstimateTable.Read(session, request.Role, agent);
        var wanted = new AdmissionRequest(estimate.ProjectedUsd, estimate.SmallestUsd, cap, estimate.ProjectedTokens);
        return Admission.Decide(wanted, scopes) switch
        {
            Admission.Granted granted => Insert(session, id, request, granted.LimitUsd, granted.Tokens),
            Admission.Wait wait => new LedgerVerdict.Wait("budget:reserved", wait.Reason, null),
            Admission.Refused refused => new LedgerVerdict.Refused(refused.Code, refused.Message),
            _ => throw new InvalidOperationException("There is no such admission."),
        };
    }

    private LedgerVerdict.Granted Insert(SqlSession session, string id, PermitRequest request, decimal? limit, long tokens)
    {
        Reservation.Insert(session, id, request, limit, tokens, Now);
        if (request.Provider is { } provider) ProviderTable.Sent(session, provider, id);
        return new LedgerVerdict.Granted(id, limit);
    }

    private static decimal? Smaller(decimal? a, decimal? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
}
