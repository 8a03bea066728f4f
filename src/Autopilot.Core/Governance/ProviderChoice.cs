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

    private static int? Free(IReadOnlyList<DateTimeOffset?> blockedUntil, DateTimeOffset now)
    {
        for (var i = 0; i < blockedUntil.Count; i++)
            if (blockedUntil[i] is not { } until || until - now <= Patience) return i;
        return null;
    }

    /// <summary>Asks the governor of each provider, and decides.</summary>
    /// <param name="candidates">At least one.</param>
    public static async Task<T> Choose<T>(IGovernor governor, IReadOnlyList<T> candidates, Func<T, string> providerOf, TimeProvider clock, CancellationToken cancellation)
    {
        if (candidates.Count == 1) return candidates[0];
        return candidates[Decide(await Blocked(governor, candidates, providerOf, cancellation), clock.GetUtcNow())];
    }

    /// <summary>Who takes over from one that ended for its provider's fault: the first that need not be waited for, which may be that very one again.</summary>
    /// <param name="candidates">Those whom their provider has not turned away.</param>
    /// <returns>Null when there is none.</returns>
    public static async Task<T?> Successor<T>(IGovernor governor, IReadOnlyList<T> candidates, Func<T, string> providerOf, TimeProvider clock, CancellationToken cancellation)
        where T : class =>
        Free(await Blocked(governor, candidates, providerOf, cancellation), clock.GetUtcNow()) is { } index ? candidates[index] : null;

    private static async Task<List<DateTimeOffset?>> Blocked<T>(IGovernor governor, IReadOnlyList<T> candidates, Func<T, string> providerOf, CancellationToken cancellation)
    {
        var blocked = new List<DateTimeOffset?>();
        foreach (var candidate in candidates) blocked.Add(governor is IProviderHealth health ? await health.BlockedUntil(providerOf(candidate), cancellation) : null);
        return blocked;
    }

    /// <summary>Whether a session ended for what another provider may not suffer from.</summary>
    public static bool IsProvidersFault(AgentOutcome outcome) =>
        outcome.Limit == LimitKind.Quota || outcome.Failure is FailureKind.RateLimit or FailureKind.NoQuota or FailureKind.BadKey or FailureKind.Overload or FailureKind.ServerError or FailureKind.BrokenStream;
}
