using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Tasks;

/// <summary>How the next part of a session begins: anew, continued by the agent itself, or anew with a digest. A pure decision.</summary>
/// <param name="Prompt">What the agent is told.</param>
/// <param name="NewSessionId">For a new session: chosen before the start, so that a crash cannot lose it.</param>
/// <param name="ResumeSessionId">For a continued session: the agent's own id.</param>
/// <param name="Note">What a person should know about the choice; null when there is nothing to say.</param>
public sealed record SessionPlan(string Prompt, string? NewSessionId, string? ResumeSessionId, string? Note)
{
    /// <summary>What a session is told that was interrupted and gets no other words.</summary>
    public const string Continue = "You were interrupted. Look at the state of the files, then continue the task from where it stopped.";

    public const string DigestIntroduction = "This task was begun in an earlier session that is no longer available.";

    /// <param name="runId">Identifies new sessions.</param>
    /// <param name="request">The task.</param>
    /// <param name="directions">Of this execution.</param>
    /// <param name="past">What was recorded; null when nothing was.</param>
    /// <param name="resumes">Whether the agent can continue a session of its own.</param>
    /// <param name="standsInFor">Whose session it was, where this agent stands in for another; null where it was its own.</param>
    public static SessionPlan Decide(string runId, TaskRequest request, TaskDirections directions, PastSession? past, bool resumes, string? standsInFor = null)
    {
        var newId = IdOf(runId, past?.Entries ?? 0);
        var prompt = directions.OriginalPrompt ?? request.Prompt;
        if (past is null) return new SessionPlan(prompt, newId, null, null);
        if (standsInFor is not null) return new SessionPlan(HasBegun(past, directions) ? Primed(past, directions) : prompt, newId, null, null);
        if (resumes && !directions.Fresh && past.SessionId is { } session)
            return new SessionPlan(directions.NextPrompt ?? Continue, null, session, null);
        return new SessionPlan(Primed(past, directions), newId, null, WhyFresh(directions, resumes));
    }

    // Who was turned away before any work leaves nothing to go on with.
    private static bool HasBegun(PastSession past, TaskDirections directions) => directions.NextPrompt is not null || past.WhatWasDone.Length > 0;

    private static string Primed(PastSession past, TaskDirections directions) =>
        $"{DigestIntroduction} What is known of it:\n\n{past.Digest}{directions.NextPrompt ?? Continue}";

    private static string WhyFresh(TaskDirections directions, bool resumes) =>
        directions.Fresh ? "A fresh session begins with a digest of the old one."
        : resumes ? "The session had not come to its first answer, so a fresh one begins with what was recorded."
        : "This agent keeps no sessions, so it begins anew with a digest of what was done.";

    /// <summary>A UUID from the run and the number of entries so far: a rerun after a crash never takes one that was used.</summary>
    private static string IdOf(string runId, long entries) =>
        Guid.ParseExact(EffectIdentity.Of(runId, $"session/{entries}"), "N").ToString("D");
}
