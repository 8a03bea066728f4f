namespace Autopilot.Workflows.Sessions;

/// <summary>A question to whoever plays a role: a model answers from the prompt alone, an agent may read the workspace.</summary>
/// <param name="Key">Its identity within the run.</param>
/// <param name="Workspace">A checkout to read, absolute.</param>
public sealed record RoleQuestion(string RunId, string Key, string Role, string Prompt, string Workspace)
{
    /// <summary>In USD; null for the configured cap.</summary>
    public decimal? CapUsd { get; init; }

    /// <summary>The longest that an agent may take for it, and be silent meanwhile; models have limits of their own.</summary>
    public TimeSpan? WallClock { get; init; }

    public TimeSpan? Silence { get; init; }
}
