namespace Autopilot.Agents.Models;

/// <summary>A question to whoever plays a role.</summary>
public sealed record ModelQuestion
{
    public required string Role { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The system prompt; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>The run it is asked for, to which its cost belongs.</summary>
    public required string RunId { get; init; }

    /// <summary>The most that the answer may cost, in USD; null for the configured cap.</summary>
    public decimal? CapUsd { get; init; }
}
