namespace Autopilot.Core.Governance;

/// <summary>The transition table of the mode machine: who may change what, for how long.</summary>
public static class ModeTable
{
    /// <summary>The longest unbroken temporary period that an agent can give itself.</summary>
    public static readonly TimeSpan LongestForAgent = TimeSpan.FromHours(24);

    /// <summary>How long a temporary period lasts that names a decision instead of an end.</summary>
    public static readonly TimeSpan DecisionPeriod = TimeSpan.FromHours(1);

    /// <summary>In a reason, stands in for an end.</summary>
    public const string DecisionMarker = "atlas-decision";

    public static ModeDecision Decide(ModeState from, ModeRequest request, DateTimeOffset now)
    {
        var end = End(request, now);
        return Refusal(from, request, end, now) is { } refusal
            ? new ModeDecision(from, refusal)
            : new ModeDecision(Next(from, request, end, now), null);
    }

    /// <summary>Whether a state that another program set may hold here: it must be one that who set it could have set here.</summary>
    /// <returns>The refusal code; null when it may.</returns>
    public static string? RefusalOfForeign(ModeState state, DateTimeOffset now) => state switch
    {
        { SetBy: Actor.User } or { Mode: Mode.Off } => null,
        { Mode: Mode.OnPermanent } => RefusalCodes.AgentCannotSetPermanent,
        { SetBy: Actor.System } => RefusalCodes.SystemOnlyExpires,
        // A beginning that lies in the future would lengthen the period.
        { Until: { } end, Since: { } since } when end - (since < now ? since : now) <= LongestForAgent => null,
        _ => RefusalCodes.AgentAtMostOneDay,
    };

    // The order is part of the contract: it decides which of several codes a refusal bears.
    private static string? Refusal(ModeState from, ModeRequest request, DateTimeOffset? end, DateTimeOffset now) => request switch
    {
        { Expected: { } expected } when expected != from.Mode => RefusalCodes.Conflict(from.Mode),
        { Actor: Actor.Agent, To: Mode.OnPermanent } => RefusalCodes.AgentCannotSetPermanent,
        { Actor: Actor.Agent, To: Mode.Off } when from.Mode != Mode.OnTemporary => RefusalCodes.AgentOffOnlyFromTemporary,
        { Actor: not Actor.User, To: Mode.Off } when from.Mode == Mode.OnPermanent => RefusalCodes.OnlyUserCanDisablePermanent,
        { Actor: not Actor.User } when from.Mode == Mode.OnPermanent => RefusalCodes.PermanentIsUserOnly,
        { Actor: Actor.System } when request.To != Mode.Off || !from.HasExpired(now) => RefusalCodes.SystemOnlyExpires,
        { Actor: Actor.Agent } when IsUsersPeriod(from) => RefusalCodes.TemporaryIsTheUsers,
        { To: Mode.OnTemporary } => RefusalOfEnd(from, request.Actor, end, now),
        _ => null,
    };

    private static string? RefusalOfEnd(ModeState from, Actor actor, DateTimeOffset? end, DateTimeOffset now)
    {
        if (end is null) return RefusalCodes.TemporaryNeedsEnd;
        if (end <= now) return RefusalCodes.EndNotInFuture;
        var tooLong = actor == Actor.Agent && end > Since(from, actor, now) + LongestForAgent;
        return tooLong ? RefusalCodes.AgentAtMostOneDay : null;
    }

    private static ModeState Next(ModeState from, ModeRequest request, DateTimeOffset? end, DateTimeOffset now)
    {
        var isTemporary = request.To == Mode.OnTemporary;
        return new ModeState
        {
            Mode = request.To,
            SetBy = request.Actor,
            SetAt = now,
            Until = isTemporary ? end : null,
            Since = isTemporary ? Since(from, request.Actor, now) : null,
            Reason = request.Reason,
        };
    }

    private static DateTimeOffset? End(ModeRequest request, DateTimeOffset now) =>
        request.Until ?? (request.Reason.Contains(DecisionMarker, StringComparison.Ordinal) ? now + DecisionPeriod : null);

    private static DateTimeOffset Since(ModeState from, Actor actor, DateTimeOffset now) =>
        from.Mode == Mode.OnTemporary && from.SetBy == actor && from.Since is { } since ? since : now;

    private static bool IsUsersPeriod(ModeState from) => from is { Mode: Mode.OnTemporary, SetBy: Actor.User };
}
