using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;

namespace Autopilot.Workflows.Tasks;

/// <summary>What a recording tells of the session so far, from one pass over it.</summary>
public sealed class PastSession
{
    private readonly SessionDigest digest = new();
    private bool announced;
    private bool answered;
    private TokenUsage before;
    private decimal? endedUsd;

    public TrajectorySummary Summary { get; } = new();

    /// <summary>How many entries there are: it names the next attempt, for each attempt leaves at least one entry.</summary>
    public long Entries { get; private set; }

    /// <summary>
    /// The agent's own session; null when there is nothing to continue: it never announced one, or it was killed before the model's
    /// first answer, or what it announced as its id was a secret. Agents announce a session before they have written the prompt down, and one that is continued then knows no task.
    /// </summary>
    public string? SessionId => announced && answered && Summary.SessionId is { } id && !id.Contains(Mask.Text, StringComparison.Ordinal) ? id : null;

    /// <summary>Whether the agent said at last that it no longer has the session.</summary>
    public bool IsLost => Summary.Outcome?.Failure == FailureKind.SessionLost;

    /// <summary>What the agent's present session used: that of those before it in the same record is not its own.</summary>
    public TokenUsage Usage => Summary.Usage - before;

    /// <summary>How the session ended, when it came to an end of its own: its closing record is the proof. Null while there is none.</summary>
    public AgentOutcome? Finished => Summary.Outcome is { IsFinished: true } outcome ? outcome with { CostUsd = endedUsd } : null;

    /// <summary>What was spent on the last parts, in USD, that were all stopped: no outcome has told of it.</summary>
    public decimal StoppedUsd { get; private set; }

    public string Digest => digest.ToString();

    /// <summary>The same without the task.</summary>
    public string WhatWasDone => digest.WhatWasDone();

    public static PastSession Of(IEnumerable<TrajectoryEntry> entries)
    {
        var past = new PastSession();
        foreach (var entry in entries) past.Add(entry);
        return past;
    }

    private void Add(TrajectoryEntry entry)
    {
        Entries++;
        if (entry is TrajectoryEnd { Outcome: var end }) Count(end);
        switch (entry)
        {
            case ResumeMarker { SessionId: null }: (announced, answered, before) = (false, false, Summary.Usage); break;
            case RecordedEvent { Event: SessionStarted { SessionId: not null } }: announced = true; break;
            case RecordedEvent { Event: AssistantText or Thinking or ToolCall or FileChanged }: answered = true; break;
            case TrajectoryEnd { Outcome: { SessionId: not null, Kind: not (OutcomeKind.Cancelled or OutcomeKind.Crashed) } }: announced = answered = true; break;
        }

        Summary.Add(entry);
        digest.Add(entry);
    }

    private void Count(AgentOutcome end)
    {
        endedUsd = StoppedUsd > 0 ? StoppedUsd + (end.CostUsd ?? 0) : end.CostUsd;
        StoppedUsd = end.Kind == OutcomeKind.Cancelled ? endedUsd ?? 0 : 0;
    }
}
