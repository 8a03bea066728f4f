namespace Autopilot.Core.Missions.Speculating;

/// <summary>One of several attempts at a unit at the same time. Its commit stays on a branch of its own, whether it wins or not.</summary>
/// <param name="Number">From 1.</param>
public sealed record Rival(int Number)
{
    public RivalStatus Status { get; init; }

    public string? Commit { get; init; }

    public decimal CostUsd { get; init; }

    /// <summary>Changed lines.</summary>
    public int Lines { get; init; }

    /// <summary>Changed files.</summary>
    public int Files { get; init; }

    /// <summary>The reviewer's mean score, 1 to 10; null when none was asked.</summary>
    public double? Score { get; init; }

    /// <summary>Why it is out.</summary>
    public Diagnosis Cause { get; init; }

    /// <summary>The same in words; the reviewer's remarks when it passed.</summary>
    public string Why { get; init; } = "";

    /// <summary>The worker says that the unit cannot be done.</summary>
    public bool Blocked { get; init; }
}
