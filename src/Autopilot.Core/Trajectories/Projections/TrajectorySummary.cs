using Autopilot.Core.Agents;

namespace Autopilot.Core.Trajectories.Projections;

/// <summary>What a whole recording adds up to: the things that projections must say before they have seen the end.</summary>
public sealed class TrajectorySummary
{
    private readonly UsageTally tally = new();

    public TrajectoryHeader? Header { get; private set; }

    /// <summary>The name of the agent that worked last; null before the header.</summary>
    public string? Agent { get; private set; }

    /// <summary>The model that this agent was told to use; null for its own default.</summary>
    public string? OrderedModel { get; private set; }

    /// <summary>The agent's own session, with which it can be resumed; null when it never announced one.</summary>
    public string? SessionId { get; private set; }

    public string? Model { get; private set; }

    public string? AgentVersion { get; private set; }

    /// <summary>Every message's usage once, over all parts of a resumed session.</summary>
    public TokenUsage Usage => tally.Usage;

    /// <summary>In USD; null when no part says what it cost.</summary>
    public decimal? CostUsd => tally.CostUsd;

    /// <summary>How the last part ended; null while it runs, or when it never came to an end.</summary>
    public AgentOutcome? Outcome { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? LastAt { get; private set; }

    public static TrajectorySummary Of(IEnumerable<TrajectoryEntry> entries)
    {
        var summary = new TrajectorySummary();
        foreach (var entry in entries) summary.Add(entry);
        return summary;
    }

    public void Add(TrajectoryEntry entry)
    {
        tally.Add(entry);
        LastAt = entry.At;
        switch (entry)
        {
            case TrajectoryHeader header: Begin(header); break;
            case RecordedEvent { Event: SessionStarted e }: (SessionId, Model, AgentVersion) = (e.SessionId ?? SessionId, Model ?? e.Model, AgentVersion ?? e.Version); break;
            case ResumeMarker e: Resume(e); break;
            case TrajectoryEnd e: (Outcome, EndedAt, SessionId) = (e.Outcome, e.At, SessionId ?? e.Outcome.SessionId); break;
        }
    }

    private void Begin(TrajectoryHeader header) =>
        (Header, SessionId, Agent, OrderedModel, Model, AgentVersion) = (header, header.SessionId, header.Agent, header.Model, header.Model, header.AgentVersion);

    private void Resume(ResumeMarker e)
    {
        (Outcome, EndedAt, SessionId) = (null, null, e.SessionId ?? SessionId);
        // Whoever stands in has another session, version and model.
        if (e.Agent is { } agent) (Agent, OrderedModel, Model, AgentVersion, SessionId) = (agent, e.Model, e.Model, null, e.SessionId);
    }
}
