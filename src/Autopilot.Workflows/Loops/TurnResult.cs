using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Loops;

/// <summary>What one turn of an agent gave, as the journal keeps it.</summary>
public sealed record TurnResult
{
    public required string Agent { get; init; }

    public string? Model { get; init; }

    /// <summary>The conversation, to be continued by the next turn of the same role.</summary>
    public string? SessionId { get; init; }

    /// <summary>What the conversation has used in all its turns: some agents count on.</summary>
    public TokenUsage UsageSoFar { get; init; }

    /// <summary>The last part of the answer; the recording has all of it.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Null when unknown, which is not zero.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The files that the producer left, by name.</summary>
    public IReadOnlyDictionary<string, string> Artifacts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What it changed in a folder that it may only read.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>What to say to it of that; null when it kept to its place.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Trespass => Changed.Count == 0
        ? null
        : $"You changed files in a folder that you may only read ({string.Join(", ", Changed.Take(8))}). What you changed is thrown away, and what you said of it does not count. Judge again, and change nothing.";

    /// <summary>What it decided, in its own words; null for nothing.</summary>
    public string? Decisions { get; init; }
}
