using System.Collections.Immutable;

namespace Autopilot.Core.Missions.Reporting;

/// <summary>What a unit's facts say of its way.</summary>
public sealed record UnitTrace
{
    /// <summary>What its last worker who had something to tell discovered or worried about; empty for nothing.</summary>
    public string Learned { get; init; } = "";

    /// <summary>When its first attempt began; null before.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When its last news came.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The time workers spent on it, all attempts together.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>The paths that its last commit changed.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Its last commit, landed or not; null when no attempt left any.</summary>
    public string? Commit { get; init; }

    /// <summary>It was stopped before its end, and that commit keeps what was there.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The attempt that left it.</summary>
    public int CommitOf { get; init; }

    /// <summary>Which of several attempts at once left it, from 1; 0 for a plain one.</summary>
    public int RivalOf { get; init; }

    /// <summary>When the workers that are at it began, by rival.</summary>
    internal ImmutableDictionary<int, DateTimeOffset> AtWork { get; init; } = ImmutableDictionary<int, DateTimeOffset>.Empty;
}
