using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Missions.Pushing;

namespace Autopilot.Workflows.Missions;

/// <summary>What a run of the workflow <c>mission</c> is given.</summary>
public sealed record MissionRequest
{
    public required string Objective { get; init; }

    /// <summary>The commit it starts from.</summary>
    public required string Base { get; init; }

    /// <summary>The branch that becomes green, short.</summary>
    public required string Green { get; init; }

    /// <summary>Where that branch was in the user's repository at the start; null when it did not exist.</summary>
    public string? GreenBefore { get; init; }

    /// <summary>The folder of the hub, for the report; null when unknown.</summary>
    public string? Hub { get; init; }

    /// <summary>Plays every role that is not bound, in place of the configured default; null for that.</summary>
    public string? Agent { get; init; }

    public required VerificationPlan Verification { get; init; }

    public required MissionSettings Settings { get; init; }

    /// <summary>How deep the planner may divide, 1 to 4.</summary>
    public int PlanDepth { get; init; } = 3;

    /// <summary>How many scopes or units one answer of the planner may have.</summary>
    public int PlanWidth { get; init; } = 6;

    /// <summary>Below this the planner is asked once more for a bolder plan, 1 to 10.</summary>
    public int MinAmbition { get; init; } = 4;

    /// <summary>The mean score of a review below which work goes back, 1 to 10.</summary>
    public double MinReviewScore { get; init; } = 5;

    /// <summary>What becomes of work that pleases the checks: anything but accepted.</summary>
    public ReviewVerdict OnDishonestWork { get; init; } = ReviewVerdict.Retry;

    /// <summary>A role reviews each unit before it is merged.</summary>
    public bool AskReviewer { get; init; }

    /// <summary>From this uncertainty on, an architect writes a design first; above 1 never.</summary>
    public double ArchitectFrom { get; init; } = 0.7;

    /// <summary>The user who started the mission approved in advance whatever it asks.</summary>
    public bool ApproveAll { get; init; }

    /// <summary>Where green is pushed to.</summary>
    public PushTarget PushTo { get; init; } = new("origin", "autopilot/green");

    /// <summary>The longest session of a worker, and the longest that any other role may take for an answer.</summary>
    public TimeSpan WorkerTime { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>The longest silence of a worker or another role.</summary>
    public TimeSpan WorkerSilence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Its place in a chain; null when no mission follows.</summary>
    public ChainLink? Chain { get; init; }

    /// <summary>It tidies up after others.</summary>
    public bool Cleanup { get; init; }

    /// <summary>After so many missions that landed something, a chain has one that tidies up; 0 never.</summary>
    public int CleanupInterval { get; init; }

    /// <summary>Candidates for the repair of a red tree.</summary>
    public int RepairCandidates { get; init; } = 2;

    /// <summary>The mission that follows this one in its chain; it starts where this one did, until green is looked up.</summary>
    /// <param name="id">This one's.</param>
    /// <param name="spentUsd">By this one.</param>
    /// <param name="took">As in <see cref="MissionReport.Took"/>.</param>
    /// <returns>Null when nothing is left of the chain's budget or time.</returns>
    public MissionRequest? After(string id, Proposal proposal, decimal spentUsd, TimeSpan took) => ChainLink.Left(Settings, spentUsd, took) is { } left
        ? this with { Objective = proposal.Objective, Settings = left, Cleanup = proposal.Cleanup, Chain = Chain!.Next(id) }
        : null;

    /// <summary>The mission before its first fact.</summary>
    public MissionState Start(DateTimeOffset at) => new() { Objective = Objective, Settings = Settings, StartedAt = at, Base = Base, Published = GreenBefore };
}
