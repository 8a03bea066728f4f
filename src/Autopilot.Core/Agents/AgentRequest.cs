namespace Autopilot.Core.Agents;

/// <summary>What is asked of an agent in one session.</summary>
public sealed record AgentRequest
{
    public required string Prompt { get; init; }

    /// <summary>The absolute path of the folder in which it works.</summary>
    public required string Workspace { get; init; }

    /// <summary>The model, as the agent names it; null for the agent's default.</summary>
    public string? Model { get; init; }

    /// <summary>The id under which a new session is to run, so that a rerun after a crash can adopt it. A UUID.</summary>
    public string? NewSessionId { get; init; }

    /// <summary>The agent's own session to continue; null for a new one.</summary>
    public string? ResumeSessionId { get; init; }

    /// <summary>What the resumed session had used before, where the agent counts cumulatively.</summary>
    public TokenUsage UsageBefore { get; init; }

    public AgentAccess Access { get; init; } = AgentAccess.Write;

    public AgentLimits Limits { get; init; } = new();

    /// <summary>Text added to the agent's system prompt; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>A JSON schema that the final answer must have, where the agent supports it; null for free text.</summary>
    public string? AnswerSchema { get; init; }

    /// <summary>MCP servers to offer.</summary>
    public IReadOnlyList<McpServer> McpServers { get; init; } = [];

    /// <summary>
    /// Told before the events of each piece of output: true while the next piece has come already, and follows at once. Who keeps events may then
    /// write several together; those of the last piece, for which this is false, must be kept before the agent is listened to again.
    /// </summary>
    public Action<bool>? MoreFollow { get; init; }

    /// <summary>Variables that this session gets besides the allow-listed ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
