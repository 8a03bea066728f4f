using System.Collections.Immutable;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Pushing;

namespace Autopilot.Core.Missions;

/// <summary>A mission as it stands: the fold of its facts, and nothing else.</summary>
public sealed record MissionState
{
    public required string Objective { get; init; }

    public required MissionSettings Settings { get; init; }

    /// <summary>The governor's level, as far as the mission has heard.</summary>
    public DegradationLevel Level { get; init; }

    /// <summary>The settings as they hold at that level.</summary>
    public MissionSettings Rules => Settings.Under(Level);

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The commit the mission started from.</summary>
    public required string Base { get; init; }

    /// <summary>The verified commit that green points at; null until the base is verified.</summary>
    public string? Green { get; init; }

    /// <summary>How many tests pass in that tree; null when that is not known.</summary>
    public int? GreenTests { get; init; }

    /// <summary>Where the green branch is in the user's repository, as far as the mission knows; null when it does not exist.</summary>
    public string? Published { get; init; }

    /// <summary>Objectives added while it ran.</summary>
    public ImmutableList<string> Added { get; init; } = [];

    /// <summary>How many of them a plan has taken in.</summary>
    public int AddedPlanned { get; init; }

    /// <summary>In the order of the plans.</summary>
    public ImmutableList<string> Order { get; init; } = [];

    public ImmutableDictionary<string, UnitState> Units { get; init; } = ImmutableDictionary.Create<string, UnitState>(StringComparer.Ordinal);

    public MergeQueue Queue { get; init; } = MergeQueue.Empty;

    /// <summary>The batches under way: the first on green, a second may assume it.</summary>
    public ImmutableList<Batch> Batches { get; init; } = [];

    public int BatchesMade { get; init; }

    /// <summary>What failed when the present suspects failed together.</summary>
    public string Suspicion { get; init; } = "";

    /// <summary>How often a starting tree was verified.</summary>
    public int BaseChecks { get; init; }

    /// <summary>How often in a row the starting tree failed.</summary>
    public int BaseReds { get; init; }

    /// <summary>Actions that could not be carried out, by key. A key is never used again once its action has succeeded.</summary>
    public ImmutableDictionary<string, Fault> Faults { get; init; } = ImmutableDictionary.Create<string, Fault>(StringComparer.Ordinal);

    /// <summary>Repairs of the red base that landed or came to nothing.</summary>
    public int Repairs { get; init; }

    /// <summary>The repair that is to land next; null when none was found.</summary>
    public FoundRepair? Repair { get; init; }

    /// <summary>The base is red and its repair, if any is left, is due.</summary>
    public bool BaseIsRed { get; init; }

    /// <summary>How many plans were made.</summary>
    public int Epoch { get; init; }

    /// <summary>Tries to plan, failed ones included.</summary>
    public int PlanTries { get; init; }

    /// <summary>Failed tries to plan in a row.</summary>
    public int PlanFaults { get; init; }

    /// <summary>Not to plan before; null for at once.</summary>
    public DateTimeOffset? PlanNotBefore { get; init; }

    /// <summary>The last plans in a row of which nothing has landed, the present one included; those that plan nothing are not counted.</summary>
    public int FruitlessEpochs { get; init; }

    public bool LandedInEpoch { get; init; }

    /// <summary>The planner said that nothing is left.</summary>
    public bool NothingLeft { get; init; }

    public int ObjectiveChecks { get; init; }

    /// <summary>The last answer on whether the objective is met; null before one.</summary>
    public bool? ObjectiveMet { get; init; }

    /// <summary>Why, in its words; empty before an answer.</summary>
    public string Because { get; init; } = "";

    public bool Paused { get; init; }

    /// <summary>The letters of the signals that were taken in.</summary>
    public ImmutableHashSet<string> Letters { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What a person was asked, by key.</summary>
    public ImmutableDictionary<string, Approval> Approvals { get; init; } = ImmutableDictionary.Create<string, Approval>(StringComparer.Ordinal);

    /// <summary>Since when only a person can say how it goes on; null while there is something else to do.</summary>
    public DateTimeOffset? SuspendedSince { get; init; }

    /// <summary>How long it was suspended altogether, before <see cref="SuspendedSince"/>.</summary>
    public TimeSpan SuspendedFor { get; init; }

    /// <summary>Why the mission ends before its end; null while it does not.</summary>
    public string? StopCause { get; init; }

    public string StopDetail { get; init; } = "";

    public decimal SpentUsd { get; init; }

    /// <summary>What the planner must hear, oldest first: failures, remarks, reasons why the objective is not met.</summary>
    public ImmutableList<string> Lessons { get; init; } = [];

    /// <summary>How often tests failed and then passed on the same tree, by test.</summary>
    public ImmutableDictionary<string, int> Flakes { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>How often a failed verification turned out to be a flake.</summary>
    public FlakeRate FlakeRate { get; init; } = FlakeRate.Prior;

    /// <summary>Commits that were landed, oldest first.</summary>
    public ImmutableList<string> Landings { get; init; } = [];

    /// <summary>What is known of green on the remote.</summary>
    public PushState Push { get; init; } = new();

    public IEnumerable<Approval> OpenApprovals => Approvals.Values.Where(a => a.Approved is null);

    /// <summary>When its time is over, if it is not suspended any more.</summary>
    public DateTimeOffset Deadline => StartedAt + Settings.MaxTime + SuspendedFor;

    public IEnumerable<UnitState> InOrder => Order.Select(id => Units[id]);

    public bool AllSettled => Units.Values.All(u => u.IsSettled);
}
