namespace Autopilot.Core.Agents;

/// <summary>Says when a running session must be stopped because of a limit that the agent does not keep itself.</summary>
/// <param name="limits">Those of the session.</param>
/// <param name="agent">Which of them it keeps itself.</param>
/// <param name="exitDecides">Its end is its exit: then no closing word is one, and it may go on spending after it.</param>
public sealed class SessionWatch(AgentLimits limits, AgentCapabilities agent, bool exitDecides = false)
{
    /// <summary>The limit that is exceeded; null while none is.</summary>
    public EndCause? Exceeded(SessionFacts facts)
    {
        if (limits.ModelCalls is { } calls && facts.ModelCalls > calls) return EndCause.ModelCalls;
        if (!agent.LimitsTurns && limits.Turns is { } turns && facts.ModelCalls > turns) return EndCause.Turns;
        // After its closing word the money is spent: stopping it then would only hide a finished piece of work.
        return (exitDecides || facts.LastTurn is null) && limits.BudgetUsd is { } budget && facts.SpentAtLeast > budget ? EndCause.Budget : null;
    }
}
