using System.Text.Json.Serialization;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Missions.Pushing;

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

    /// <summary>How much of that nothing could be done before a person had answered or the governor allowed it; not of the mission's own time.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>What it took of its own time.</summary>
    [JsonIgnore]
    public TimeSpan Took => Duration - Waited;

    public required IReadOnlyList<UnitReport> Units { get; init; }

    /// <summary>Units that will not come: given up after their attempts, or blocked.</summary>
    [JsonIgnore]
    public int GivenUp => Units.Count(u => u.Status is "abandoned" or "blocked");

    /// <summary>The moves of green, the oldest first.</summary>
    public required IReadOnlyList<Landing> Landings { get; init; }

    /// <summary>What became of green on the remote; null for a mission that pushes nothing.</summary>
    public PushReport? Push { get; init; }

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

    /// <summary>Its place in a chain; null when it is in none.</summary>
    public ChainLink? Chain { get; init; }

    /// <summary>It tidied up after others.</summary>
    public bool Cleanup { get; init; }

    /// <summary>What the next mission of the chain is to reach; null when none follows.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>What a person should look at next.</summary>
    public required IReadOnlyList<string> Next { get; init; }

    /// <summary>What the mission and the question for the next one came to.</summary>
    public MissionReport With(Outlook outlook)
    {
        var roles = new SortedDictionary<string, decimal>(CostByRole.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        if (outlook.CostUsd > 0) roles["strategist"] = outlook.CostUsd;
        var next = outlook.Proposal is { } proposal
            ? $"The next mission of the chain, ambition {proposal.Ambition} of 10: {proposal.Objective} ({proposal.Rationale}) Begin it: autopilot mission next {RunId}"
            : $"The chain ends: {outlook.WhyNot}";
        return this with { Proposal = outlook.Proposal, CostUsd = CostUsd + outlook.CostUsd, CostByRole = roles, Next = [.. Next, next] };
    }

    /// <summary>As later missions see it.</summary>
    public PastMission AsPast() => new(
        RunId, Objective, Result, StopCause, Cleanup, Units.Count, Units.Count(u => u.Status == "landed"), CostUsd,
        [.. Units.Where(u => u.Status != "landed").Select(u => $"{u.Title}: {u.Reason.Split('\n')[0]}")])
    {
        Lessons = [.. Units.Where(u => u.Learned.Length > 0).Select(u => $"{u.Title} ({u.Status}): {u.Learned}")],
        Outcomes = [.. Units.Where(u => u.Status is "landed" or "abandoned").Select(u => new UnitOutcome(u.Specialist, u.Planned.Count, u.DependsOn.Count > 0, u.Status == "landed", u.CostUsd, u.Worked))],
    };

    /// <param name="chronicle">Of all facts that made the state.</param>
    public static MissionReport Of(string runId, MissionRequest request, MissionState state, Chronicle chronicle, DateTimeOffset end)
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
            Green = request.Green,
            Base = state.Base,
            Commit = state.Green,
            StartedAt = state.StartedAt,
            Duration = end - state.StartedAt,
            Waited = state.SuspendedFor + (end > state.SuspendedSince ? end - state.SuspendedSince.Value : TimeSpan.Zero),
            Units = units,
            Landings = chronicle.Landings,
            Push = PushReport.Of(state, request.PushTo.Name),
            Epochs = state.Epoch,
            Objection = state.ObjectiveMet == false ? state.Because : null,
            CostUsd = state.SpentUsd,
            CostByRole = chronicle.Costs,
            TestsBefore = chronicle.TestsBefore,
            TestsAfter = chronicle.TestsAfter,
            Verifications = chronicle.Verifications,
            Faults = chronicle.Faults,
            Flakes = flakes,
            Chain = request.Chain,
            Cleanup = request.Cleanup,
            Timeline = chronicle.Timeline,
            Next = [.. NextSteps.Of(runId, request.Green, state, units, flakes, request.Hub), .. chronicle.Notices],
        };
    }
}
