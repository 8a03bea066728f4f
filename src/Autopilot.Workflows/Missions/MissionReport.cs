using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Missions;

/// <summary>What a mission did, for people and machines.</summary>
public sealed record MissionReport
{
    public required string RunId { get; init; }

    public required string Objective { get; init; }

    /// <summary>met, partial or nothing.</summary>
    public required string Result { get; init; }

    /// <summary>Why it ended before its end; null when it did not.</summary>
    public string? StopCause { get; init; }

    public string? StopDetail { get; init; }

    public required string Green { get; init; }

    public required string Base { get; init; }

    /// <summary>Where green is now; null when nothing was ever verified.</summary>
    public string? Commit { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<UnitReport> Units { get; init; }

    /// <summary>The moves of green, the oldest first.</summary>
    public required IReadOnlyList<Landing> Landings { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Why the objective was last found not to be met; null when it was not.</summary>
    public string? Objection { get; init; }

    public required decimal CostUsd { get; init; }

    /// <summary>In USD, by role.</summary>
    public required IReadOnlyDictionary<string, decimal> CostByRole { get; init; }

    /// <summary>What verification counted on the starting tree; null when it counted nothing.</summary>
    public TestCounts? TestsBefore { get; init; }

    /// <summary>What verification counted on the tree that green points at; null when it counted nothing, or nothing landed.</summary>
    public TestCounts? TestsAfter { get; init; }

    public required int Verifications { get; init; }

    /// <summary>How often provider, git or machine were in the way.</summary>
    public required int Faults { get; init; }

    /// <summary>Tests that failed and passed on the same tree, with what each attempt showed.</summary>
    public required IReadOnlyList<Flake> Flakes { get; init; }

    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>What a person should look at next.</summary>
    public required IReadOnlyList<string> Next { get; init; }

    /// <param name="chronicle">Of all facts that made the state.</param>
    /// <param name="hub">The folder of the hub, where the commits of what did not land are; null when unknown.</param>
    public static MissionReport Of(string runId, string green, MissionState state, Chronicle chronicle, DateTimeOffset end, string? hub)
    {
        var units = state.InOrder.Select(u => UnitReport.Of(runId, u, chronicle.Of(u.Id))).ToList();
        var flakes = chronicle.Flakes();
        return new MissionReport
        {
            RunId = runId,
            Objective = state.Objective,
            Result = MissionResults.Of(state).ToString().ToLowerInvariant(),
            StopCause = state.StopCause,
            StopDetail = state.StopCause is null ? null : state.StopDetail,
            Green = green,
            Base = state.Base,
            Commit = state.Green,
            StartedAt = state.StartedAt,
            Duration = end - state.StartedAt,
            Units = units,
            Landings = chronicle.Landings,
            Epochs = state.Epoch,
            Objection = state.ObjectiveMet == false ? state.Because : null,
            CostUsd = state.SpentUsd,
            CostByRole = chronicle.Costs,
            TestsBefore = chronicle.TestsBefore,
            TestsAfter = chronicle.TestsAfter,
            Verifications = chronicle.Verifications,
            Faults = chronicle.Faults,
            Flakes = flakes,
            Timeline = chronicle.Timeline,
            Next = [.. NextSteps.Of(runId, green, state, units, flakes, hub)],
        };
    }
}
