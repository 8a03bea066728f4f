using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Sessions;

/// <summary>One agent session that a workflow orders.</summary>
public sealed record SessionOrder
{
    public required string RunId { get; init; }

    /// <summary>Its identity within the run, such as <c>work/u3/1</c>: a rerun after a crash finds its own recording and session by it.</summary>
    public required string Key { get; init; }

    public required string Role { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The folder in which the agent works, absolute.</summary>
    public required string Workspace { get; init; }

    public AgentAccess Access { get; init; } = AgentAccess.Write;

    /// <summary>A JSON schema for the final answer, where the agent supports it.</summary>
    public string? AnswerSchema { get; init; }

    /// <summary>The session to continue instead of a new one; null for a new one.</summary>
    public string? Continues { get; init; }

    /// <summary>What that session had used before.</summary>
    public TokenUsage UsageBefore { get; init; }

    /// <summary>True when the workspace was made just now, so that what an earlier process's session changed is not in it: then it is not adopted.</summary>
    public bool InNewWorkspace { get; init; }

    /// <summary>Whether the end of a session that an earlier process could not journal any more is worth keeping.</summary>
    public Func<AgentOutcome, bool> Adopts { get; init; } = outcome => outcome.IsFinished;

    public AgentLimits Limits { get; init; } = new();
}
