using Autopilot.Core.Agents;
using Autopilot.Core.Missions;
using Autopilot.Core.Models;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Whose fault it is that a session failed.</summary>
internal static class Failures
{
    /// <summary>Faults of the provider or the machine blame nobody: they are thrown, and the action is tried again.</summary>
    /// <param name="costUsd">What was spent all the same.</param>
    /// <exception cref="FaultException">The session failed for such a reason.</exception>
    public static void ThrowIfNobodysFault(AgentOutcome outcome, decimal costUsd)
    {
        if (outcome.Limit == LimitKind.Quota || outcome.Failure is FailureKind.RateLimit or FailureKind.NoQuota)
            throw new FaultException(outcome.Detail, outcome.RetryAt, counts: outcome.RetryAt is null) { CostUsd = costUsd };
        if (outcome.Limit == LimitKind.Memory || outcome.Failure is FailureKind.BadKey or FailureKind.Overload or FailureKind.ServerError or FailureKind.BrokenStream
            or FailureKind.MissingExecutable or FailureKind.UnknownModel or FailureKind.BadArguments or FailureKind.SessionLost)
            throw new FaultException(outcome.Detail, outcome.RetryAt, inner: new ModelFailedException(outcome.Failure, outcome.Detail)) { CostUsd = costUsd };
    }

    /// <summary>Whoever was asked gave no answer. What is limited until a known time is waited for, and brings no stop nearer.</summary>
    /// <param name="costUsd">What was spent all the same.</param>
    public static FaultException Of(ModelFailedException failed, decimal costUsd)
    {
        var waits = failed.RetryAt is not null && failed.Failure is FailureKind.RateLimit or FailureKind.NoQuota;
        return new FaultException(failed.Message, failed.RetryAt, counts: !waits, failed) { CostUsd = costUsd };
    }

    public static WorkFailure Of(AgentOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Completed => WorkFailure.None,
        OutcomeKind.Limited => WorkFailure.Limit,
        OutcomeKind.Failed when outcome.Failure == FailureKind.Silence => WorkFailure.Limit,
        OutcomeKind.Crashed => WorkFailure.Crashed,
        _ => WorkFailure.Failed,
    };
}
