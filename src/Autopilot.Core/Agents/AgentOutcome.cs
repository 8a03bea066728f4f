using System.Text.Json.Serialization;

namespace Autopilot.Core.Agents;

/// <summary>How one agent session ended, judged from exit code, terminal event, error flags, denials and the workspace's diff together.</summary>
public sealed record AgentOutcome
{
    public required OutcomeKind Kind { get; init; }

    public FailureKind Failure { get; init; }

    /// <summary>The agent came to an end of its own, whatever that is worth: doing it again would only cost again.</summary>
    [JsonIgnore]
    public bool IsFinished => Kind == OutcomeKind.Completed || Failure == FailureKind.ClaimWithoutEvidence;

    public LimitKind Limit { get; init; }

    /// <summary>What happened and what to do next, in a sentence for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>With which the agent's own session can be resumed; null when there is nothing to resume.</summary>
    public string? SessionId { get; init; }

    public string? Model { get; init; }

    /// <summary>The agent's last words. Never evidence.</summary>
    public string? FinalText { get; init; }

    public TokenUsage Usage { get; init; }

    /// <summary>In USD; null means unknown, which is not zero.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>What is known to be spent, in USD, also when the whole cost is unknown.</summary>
    [JsonIgnore]
    public decimal SpentAtLeastUsd { get; init; }

    /// <summary>Where the cost comes from: agent, price-table, no model call or unknown.</summary>
    public string CostBasis { get; init; } = "unknown";

    public int Turns { get; init; }

    public int ModelCalls { get; init; }

    public int ToolCalls { get; init; }

    public int ToolErrors { get; init; }

    /// <summary>Tools that were refused during the session.</summary>
    public IReadOnlyList<string> Denials { get; init; } = [];

    /// <summary>Paths that differ in the workspace, relative to it, with forward slashes; null when there was no way to observe them.</summary>
    public IReadOnlyList<string>? FilesChanged { get; init; }

    /// <summary>When a quota or a rate limit is back; null when unknown.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>What a permit is settled with: null for what it reserved, which is at least what was spent.</summary>
    /// <param name="spends">False when nothing was reserved, as far as anybody knew it was free.</param>
    /// <param name="limitUsd">The most that was reserved; null for no limit.</param>
    public decimal? Charge(bool spends, decimal? limitUsd) =>
        CostUsd ?? (SpentAtLeastUsd > (spends ? limitUsd ?? 0 : 0) ? SpentAtLeastUsd : null);

    /// <summary>The signal that ended the process (15 for TERM); null when it exited.</summary>
    public int? Signal { get; init; }

    public TimeSpan Duration { get; init; }
}
