using Autopilot.Core.Agents;

namespace Autopilot.Core.Governance;

/// <summary>Who of several plays a role now: the first whose provider is to be had, or soon again.</summary>
public static class ProviderChoice
{
    /// <summary>So long the first one is waited for before another one stands in.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The first that need not be waited for longer than <see cref="Patience"/>; the very first where there is none, and that is then waited for as if it were alone.</summary>
    /// <param name="blockedUntil">Of each; null for not at all.</param>
    /// <returns>Its index.</returns>
    public static int Decide(IReadOnlyList<DateTimeOffset?> blockedUntil, DateTimeOffset now) => Free(blockedUntil, now) ?? 0;

    /// <summary>Has one of them play, and while that ends for its provider's fault, the next that need not be waited for. Where a provider may not be waited for either, another one may.</summary>
    /// <param name="candidates">At least one, in the order of preference. Each plays once at most.</param>
    /// <param name="play">Plays, under a permit of its own, and reports how it ended to <see cref="IProviderHealth"/>.</param>
    /// <returns>How the last of them ended, with what all of them cost.</returns>
    /// <exception cref="PermitRefusedException">None of them may play.</exception>
    public static async Task<AgentOutcome> Relay<T>(
        IGovernor governor, IReadOnlyList<T> candidates, Func<T, string> providerOf, TimeProvider clock, Func<T, Task<AgentOutcome>> play, CancellationToken cancellation)
        where T : class
    {
        var willing = candidates.ToList();
        var played = new List<T>();
        AgentOutcome? ended = null;
        while (true)
        {
            var next = ended is null
                ? await Choose(governor, willing, providerOf, clock, cancellation)
                : await Successor(governor, willing, providerOf, clock, cancellation);
            // Whoever has played and need not be waited for passes by itself: that is for whoever tries again.
            if (next is null || played.Contains(next)) return ended!;
            try
            {
                var outcome = await play(next);
                ended = outcome with { CostUsd = Sum(ended?.CostUsd, outcome.CostUsd) };
            }
            catch (PermitRefusedException refused) when (refused.IsProviders && (ended is not null || willing.Count > 1))
            {
                willing.Remove(next);
                continue;
            }

            if (!IsProvidersFault(ended)) return ended;
            played.Add(next);
            if (IsTurnedAway(ended)) willing.Remove(next);
        }
    }

    private static async Task<T> Choose<T>(IGovernor governor, List<T> candidates, Func<T, string> providerOf, TimeProvider clock, CancellationToken cancellation) =>
        candidates.Count == 1 ? candidates[0] : candidates[Decide(await Blocked(governor, candidates, providerOf, cancellation), clock.GetUtcNow())];

    private static async Task<T?> Successor<T>(IGovernor governor, List<T> candidates, Func<T, string> providerOf, TimeProvider clock, CancellationToken cancellation)
        where T : class =>
        Free(await Blocked(governor, candidates, providerOf, cancellation), clock.GetUtcNow()) is { } index ? candidates[index] : null;

    private static int? Free(IReadOnlyList<DateTimeOffset?> blockedUntil, DateTimeOffset now)
    {
        for (var i = 0; i < blockedUntil.Count; i++)
            if (blockedUntil[i] is not { } until || until - now <= Patience) return i;
        return null;
    }

    private static async Task<List<DateTimeOffset?>> Blocked<T>(IGovernor governor, List<T> candidates, Func<T, string> providerOf, CancellationToken cancellation)
    {
        var blocked = new List<DateTimeOffset?>();
        foreach (var candidate in candidates) blocked.Add(governor is IProviderHealth health ? await health.BlockedUntil(providerOf(candidate), cancellation) : null);
        return blocked;
    }

    // What is not known is not known, but does not hide what is.
    private static decimal? Sum(decimal? before, decimal? cost) => before is null && cost is null ? null : (before ?? 0) + (cost ?? 0);

    // A key that is refused now is refused again, and what is used up is not back in a moment, also where nobody says when it is.
    private static bool IsTurnedAway(AgentOutcome outcome) => outcome.Limit == LimitKind.Quota || outcome.Failure is FailureKind.BadKey or FailureKind.NoQuota;

    /// <summary>Whether it ended for what another provider may not suffer from.</summary>
    private static bool IsProvidersFault(AgentOutcome outcome) =>
        outcome.Limit == LimitKind.Quota || outcome.Failure is FailureKind.RateLimit or FailureKind.NoQuota or FailureKind.BadKey or FailureKind.Overload or FailureKind.ServerError or FailureKind.BrokenStream;
}
