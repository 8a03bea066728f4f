using Autopilot.Core.Agents;

namespace Autopilot.Core.Governance;

/// <summary>The circuit breaker of one provider: after failures in a row nothing is sent for a while, then one probe decides.</summary>
/// <param name="Failures">In a row.</param>
/// <param name="OpenUntil">Nothing is sent before; null while closed.</param>
/// <param name="Probe">The permit that tries out whether the provider is back; null while none does.</param>
/// <param name="LimitedUntil">When a rate limit or a quota is back; null when none is known.</param>
/// <param name="Reason">The last failure, for people.</param>
public sealed record Breaker(int Failures = 0, DateTimeOffset? OpenUntil = null, string? Probe = null, DateTimeOffset? LimitedUntil = null, string? Reason = null)
{
    /// <summary>Failures in a row that open it.</summary>
    public const int Threshold = 3;

    /// <summary>How long it stays open.</summary>
    public static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(120);

    /// <summary>How long to wait on a rate limit whose end the provider does not tell.</summary>
    public static readonly TimeSpan UnknownLimit = TimeSpan.FromSeconds(60);

    public static Breaker Closed { get; } = new();

    public string State(DateTimeOffset now) => OpenUntil is not { } until ? "closed" : now < until ? "open" : "half-open";

    /// <summary>When the next permit may go to the provider; null for now.</summary>
    public DateTimeOffset? BlockedUntil(DateTimeOffset now)
    {
        if (LimitedUntil > now) return LimitedUntil;
        if (OpenUntil > now) return OpenUntil;
        return OpenUntil is not null && Probe is not null ? now + TimeSpan.FromSeconds(1) : null;
    }

    /// <summary>A permit goes out; in the half-open state it is the probe.</summary>
    public Breaker Sent(string permit) => OpenUntil is null ? this : this with { Probe = permit };

    public Breaker Succeeded() => Closed;

    /// <summary>A probe ended without a verdict: another one may try.</summary>
    public Breaker Abandoned(string permit) => Probe == permit ? this with { Probe = null } : this;

    public Breaker Failed(string reason, DateTimeOffset now)
    {
        var failures = Failures + 1;
        var opens = failures >= Threshold || OpenUntil is not null;
        return new Breaker(failures, opens ? now + Cooldown : null, null, LimitedUntil, reason);
    }

    /// <summary>A limit is not a failure: it says when to come back. What it says is believed up to <see cref="RetryTime.Longest"/>, for it holds up everybody.</summary>
    public Breaker Limited(string reason, DateTimeOffset? until, DateTimeOffset now) =>
        this with { Probe = null, LimitedUntil = RetryTime.Believed(until, now) ?? now + UnknownLimit, Reason = reason };
}
