using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Governor;

/// <summary>Turns the outcome of a session into what it tells about its provider.</summary>
internal sealed class ProviderHealth(IStore store, TimeProvider clock)
{
    public Task Report(string provider, string permit, AgentOutcome outcome, CancellationToken cancellation) => store.Write(
        session =>
        {
            var now = clock.GetUtcNow();
            var before = ProviderTable.Read(session, provider);
            var after = After(before, permit, outcome, now);
            if (after.LimitedUntil > now && outcome.Failure is FailureKind.RateLimit)
                session.Execute("INSERT INTO rate_limit(provider, at) VALUES ($1, $2)", provider, now.ToUnixTimeMilliseconds());
            if (after.OpenUntil is not null && before.OpenUntil is null) CounterTable.Add(session, "autopilot_breaker_opened_total", $"provider=\"{provider}\"");
            if (outcome.Kind is not (OutcomeKind.Completed or OutcomeKind.Cancelled)) CounterTable.Add(session, "autopilot_session_failures_total", $"cause=\"{Cause(outcome)}\",provider=\"{provider}\"");
            if (after != before) ProviderTable.Write(session, provider, after);
        },
        cancellation);

    public Task<DateTimeOffset?> BlockedUntil(string provider, CancellationToken cancellation) =>
        store.Read(session => ProviderTable.Read(session, provider).BlockedUntil(clock.GetUtcNow()), cancellation);

    private static string Cause(AgentOutcome outcome) => (outcome.Limit == LimitKind.None ? outcome.Failure.ToString() : outcome.Limit.ToString()).ToLowerInvariant();

    private static Breaker After(Breaker before, string permit, AgentOutcome outcome, DateTimeOffset now) => outcome switch
    {
        { Limit: LimitKind.Quota } or { Failure: FailureKind.RateLimit or FailureKind.NoQuota } => before.Limited(outcome.Failure.ToString(), outcome.RetryAt, now),
        { Failure: FailureKind.Overload or FailureKind.ServerError or FailureKind.BrokenStream } => before.Failed(outcome.Failure.ToString(), now),
        { Failure: FailureKind.None, Kind: OutcomeKind.Completed } => before.Succeeded(),
        _ => before.Abandoned(permit),
    };
}
