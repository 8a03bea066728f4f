namespace Autopilot.Workflows.Tasks;

/// <summary>One task for one agent: what a run of the workflow <c>task</c> is given.</summary>
public sealed record TaskRequest
{
    /// <summary>What is to be done, redacted: it goes to the journal. The first execution has the original in memory.</summary>
    public required string Prompt { get; init; }

    /// <summary>The agent by name.</summary>
    public required string Agent { get; init; }

    /// <summary>As the agent names it; null for its default.</summary>
    public string? Model { get; init; }

    /// <summary>Who stands in for the agent, in order, while its provider is limited or down or refuses the key.</summary>
    public IReadOnlyList<TaskAgent> Otherwise { get; init; } = [];

    /// <summary>The folder in which the user stands, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>True to work in a workspace of its own and to leave a branch.</summary>
    public bool Isolated { get; init; }

    /// <summary>Where an isolated task begins: the user's HEAD, or the branch of the task that it continues.</summary>
    public string BaseRevision { get; init; } = "HEAD";

    /// <summary>Names the recording and the branch.</summary>
    public required string Slug { get; init; }

    /// <summary>Where the recording goes, absolute; null for the run's own folder.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>In USD; null for no limit.</summary>
    public decimal? BudgetUsd { get; init; }

    public int? MaxTurns { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? Silence { get; init; }

    /// <summary>The recording that is continued; null for a new session.</summary>
    public string? Continues { get; init; }

    /// <summary>The branch that an isolated run leaves.</summary>
    public string BranchOf(string runId) => $"autopilot/{Slug}-{runId[^6..]}";
}
