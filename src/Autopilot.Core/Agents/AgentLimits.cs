namespace Autopilot.Core.Agents;

/// <summary>The limits of one session. Null means no limit of that kind.</summary>
public sealed record AgentLimits
{
    /// <summary>Turns (model answers that call tools count each), at least 1.</summary>
    public int? Turns { get; init; }

    /// <summary>In USD, above 0.</summary>
    public decimal? BudgetUsd { get; init; }

    public TimeSpan? WallClock { get; init; }

    /// <summary>The longest time without any output.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Calls of the model, where the stream shows them.</summary>
    public int? ModelCalls { get; init; }

    /// <summary>By how many bytes the files of the workspace may grow in sum.</summary>
    public long? WorkspaceBytes { get; init; }
}
