using Autopilot.Core.Agents;

namespace Autopilot.Core.Trajectories;

/// <summary>One line of the record of a session.</summary>
/// <param name="At">When it was recorded, UTC.</param>
public abstract record TrajectoryEntry(DateTimeOffset At);

/// <summary>The first line: what was asked, of whom, where.</summary>
public sealed record TrajectoryHeader(DateTimeOffset At) : TrajectoryEntry(At)
{
    /// <summary>The id of the run this session belongs to; null for an imported one.</summary>
    public string? RunId { get; init; }

    /// <summary>The agent's own session id, where it is known before the agent announces it.</summary>
    public string? SessionId { get; init; }

    /// <summary>The name of the agent.</summary>
    public required string Agent { get; init; }

    public string? AgentVersion { get; init; }

    public string? Model { get; init; }

    /// <summary>The folder in which the agent works.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The commit the workspace was at when the session began; null without git or without a commit.</summary>
    public string? RepositorySha { get; init; }

    /// <summary>The branch the agent worked on, or whose tip it leaves; null without git and where none is checked out.</summary>
    public string? Branch { get; init; }

    public string Prompt { get; init; } = "";

    /// <summary>The version of the program that recorded it.</summary>
    public string Version { get; init; } = "";
}

/// <summary>Something the agent said or did.</summary>
/// <param name="Sequence">Counts every line after the header from 1.</param>
public sealed record RecordedEvent(long Sequence, DateTimeOffset At, AgentEvent Event) : TrajectoryEntry(At);

/// <summary>The session was continued by a later process, in the same record.</summary>
/// <param name="SessionId">The agent's session that is continued; null when a fresh one was started.</param>
/// <param name="Prompt">What the agent was told.</param>
public sealed record ResumeMarker(long Sequence, DateTimeOffset At, string? SessionId, string? Prompt) : TrajectoryEntry(At)
{
    /// <summary>The name of the agent that goes on in place of the one before; null when it is the same.</summary>
    public string? Agent { get; init; }

    /// <summary>The model that this other agent is to use; null for its own default.</summary>
    public string? Model { get; init; }
}

/// <summary>The session ended. A record that was resumed has one for each part that came to its end.</summary>
public sealed record TrajectoryEnd(long Sequence, DateTimeOffset At, AgentOutcome Outcome) : TrajectoryEntry(At);
