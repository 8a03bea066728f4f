using Autopilot.Core.Agents;

namespace Autopilot.Core.Models;

/// <summary>A model gave no answer that can be used.</summary>
public class ModelFailedException(FailureKind failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Failure { get; } = failure;

    /// <summary>When a quota or a rate limit is back; null when unknown.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What was used all the same.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>In USD; null when unknown.</summary>
    public decimal? CostUsd { get; init; }
}
