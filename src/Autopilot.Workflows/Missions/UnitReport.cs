using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Missions.Speculating;

namespace Autopilot.Workflows.Missions;

/// <summary>A unit and why it ended so.</summary>
public sealed record UnitReport
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>pending, working, reviewing, queued, landed, abandoned or blocked.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is where it is.</summary>
    public required string Reason { get; init; }

    public required int Attempts { get; init; }

    public required decimal CostUsd { get; init; }

    public required IReadOnlyList<string> DependsOn { get; init; }

    public string? Specialist { get; init; }

    /// <summary>0 to 1, as the planner saw it.</summary>
    public double Uncertainty { get; init; }

    /// <summary>The paths that the planner expected it to touch.</summary>
    public required IReadOnlyList<string> Planned { get; init; }

    /// <summary>The paths that its last commit changed.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The time workers spent on it, all attempts together.</summary>
    public required TimeSpan Worked { get; init; }

    /// <summary>Its last commit, landed or not; null when no attempt left any.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch of the hub that has that commit.</summary>
    public string? Branch { get; init; }

    /// <summary>What its last worker who had something to tell discovered or worried about; their words, never evidence.</summary>
    public string Learned { get; init; } = "";

    /// <summary>The attempts that were made at once in the last contest; empty when there was none.</summary>
    public required IReadOnlyList<Rival> Rivals { get; init; }

    /// <summary>The one whose commit went on; 0 for none.</summary>
    public int Winner { get; init; }

    /// <summary>Why attempts were sent back, the oldest first.</summary>
    public required IReadOnlyList<Setback> Setbacks { get; init; }

    public static UnitReport Of(string runId, UnitState unit, UnitTrace trace) => new()
    {
        Id = unit.Id,
        Title = unit.Unit.Title,
        Status = unit.Status.ToString().ToLowerInvariant(),
        Reason = unit.Reason.Length > 0 ? unit.Reason : Whereabouts(unit, trace),
        Attempts = unit.Attempt,
        CostUsd = unit.CostUsd,
        DependsOn = unit.Unit.DependsOn,
        Specialist = unit.Unit.Specialist,
        Uncertainty = unit.Unit.Uncertainty,
        Planned = unit.Unit.Files,
        Files = trace.Files,
        Worked = trace.Worked,
        Learned = trace.Learned,
        Commit = trace.Commit,
        Branch = trace.Commit is null ? null : UnitBranch.Of(runId, unit.Id, trace.CommitOf, trace.RivalOf) + (trace.IsPartial ? UnitBranch.Partial : ""),
        Rivals = unit.Rivals,
        Winner = unit.Winner,
        Setbacks = unit.Setbacks,
    };

    /// <summary>Of one that nothing has decided on yet, or never did.</summary>
    private static string Whereabouts(UnitState unit, UnitTrace trace) => unit.Status switch
    {
        UnitStatus.Pending when unit.Attempt > 0 => "it waits for another attempt",
        UnitStatus.Pending => unit.Unit.DependsOn.Count > 0 ? $"it has not begun: it comes after {string.Join(", ", unit.Unit.DependsOn)}" : "it has not begun",
        UnitStatus.Working => trace.IsPartial ? $"attempt {unit.Attempt} was stopped in the middle" : $"attempt {unit.Attempt} is not at its end",
        UnitStatus.Reviewing => $"attempt {unit.Attempt} has not been judged",
        UnitStatus.Queued => $"attempt {unit.Attempt} waits to be merged",
        _ => "",
    };
}
