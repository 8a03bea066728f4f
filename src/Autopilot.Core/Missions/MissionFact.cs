using System.Text.Json.Serialization;
using Autopilot.Core.Governance;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;

namespace Autopilot.Core.Missions;

/// <summary>
/// Something that happened in a mission. Facts are journaled in order, and a mission's state is nothing but their fold: that is
/// why it can be killed at any instant and go on.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(BaseVerified), "base_verified")]
[JsonDerivedType(typeof(RepairFound), "repair_found")]
[JsonDerivedType(typeof(Repaired), "repaired")]
[JsonDerivedType(typeof(PlanMade), "plan_made")]
[JsonDerivedType(typeof(PlanFailed), "plan_failed")]
[JsonDerivedType(typeof(WorkStarted), "work_started")]
[JsonDerivedType(typeof(WorkEnded), "work_ended")]
[JsonDerivedType(typeof(Reviewed), "reviewed")]
[JsonDerivedType(typeof(BatchBuilt), "batch_built")]
[JsonDerivedType(typeof(BatchVerified), "batch_verified")]
[JsonDerivedType(typeof(Landed), "landed")]
[JsonDerivedType(typeof(LandingLost), "landing_lost")]
[JsonDerivedType(typeof(Pushed), "pushed")]
[JsonDerivedType(typeof(PushRefused), "push_refused")]
[JsonDerivedType(typeof(RemoteMoved), "remote_moved")]
[JsonDerivedType(typeof(ObjectiveChecked), "objective_checked")]
[JsonDerivedType(typeof(ApprovalAsked), "approval_asked")]
[JsonDerivedType(typeof(ApprovalGiven), "approval_given")]
[JsonDerivedType(typeof(LevelChanged), "level_changed")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(ActionFaulted), "action_faulted")]
[JsonDerivedType(typeof(ActionStopped), "action_stopped")]
[JsonDerivedType(typeof(Noticed), "noticed")]
[JsonDerivedType(typeof(Signalled), "signalled")]
[JsonDerivedType(typeof(StopDecided), "stop_decided")]
public abstract record MissionFact
{
    /// <summary>When it became known.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it cost, in USD; 0 where nothing was spent.</summary>
    public decimal CostUsd { get; init; }
}

/// <summary>The tree that the mission starts from was verified, before anybody could be blamed for it.</summary>
public sealed record BaseVerified(string Commit, Verdict Verdict, string Detail, IReadOnlyList<string> FailingTests) : MissionFact
{
    /// <summary>What the output says of tests; null when nothing was understood.</summary>
    public TestCounts? Counts { get; init; }
}

/// <summary>A repair of the red base passed verification; it has not landed.</summary>
/// <param name="Lines">Added and removed lines of text together.</param>
public sealed record RepairFound(int Number, string Commit, int Lines, int Files) : MissionFact
{
    /// <summary>What its verification says of tests; null when nothing was understood.</summary>
    public TestCounts? Counts { get; init; }
}

/// <summary>Green points at a verified repair of the red base; or at nothing, because no candidate passed or landed.</summary>
public sealed record Repaired(int Number, string? Commit, string Detail) : MissionFact
{
    /// <summary>Of journals that do not tell of the finding: what the verification says of tests.</summary>
    public TestCounts? Counts { get; init; }
}

/// <summary>The planner answered.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Units">With complete dependencies; empty when the planner says that nothing is left.</param>
public sealed record PlanMade(int Epoch, IReadOnlyList<PlannedUnit> Units, int Ambition) : MissionFact
{
    /// <summary>How many added objectives the planner was told of; null in journals that do not say: all.</summary>
    public int? Additions { get; init; }
}

/// <summary>The planner could not be made to answer. No unit is ever made up in its place.</summary>
public sealed record PlanFailed(int Epoch, string Detail) : MissionFact;

/// <summary>A worker began; its branch and session have names derived from unit and attempt.</summary>
public sealed record WorkStarted(string Unit, int Attempt, string Base) : MissionFact
{
    /// <summary>Which of several attempts at once, from 1; 0 for a plain one.</summary>
    public int Rival { get; init; }

    /// <summary>How many there are.</summary>
    public int Rivals { get; init; }
}

/// <summary>A worker's attempt ended.</summary>
/// <param name="Commit">What it left on its branch; null when it left nothing.</param>
/// <param name="Failure">Why it is not to be merged; <see cref="WorkFailure.None"/> when there is a commit to judge.</param>
/// <param name="Detail">For the report and for the next attempt.</param>
/// <param name="Files">The paths that differ from the base.</param>
public sealed record WorkEnded(string Unit, int Attempt, string? Commit, WorkFailure Failure, string Detail, IReadOnlyList<string> Files) : MissionFact
{
    /// <summary>The worker's own words: summary, discoveries, concerns. Never evidence.</summary>
    public string Handoff { get; init; } = "";

    /// <summary>Discoveries and concerns of these alone.</summary>
    public string Learned { get; init; } = "";

    /// <summary>As it began.</summary>
    public int Rival { get; init; }

    /// <summary>The architect's part of the cost, in USD.</summary>
    public decimal ArchitectUsd { get; init; }

    /// <summary>Added and removed lines of text together.</summary>
    public int Lines { get; init; }
}

/// <summary>The gate before the merge judged an attempt.</summary>
public sealed record Reviewed(string Unit, int Attempt, ReviewVerdict Verdict, string Remarks) : MissionFact
{
    /// <summary>As the work began.</summary>
    public int Rival { get; init; }

    /// <summary>What it was sent back for.</summary>
    public Diagnosis Cause { get; init; } = Diagnosis.Review;

    /// <summary>The reviewer's mean score, 1 to 10; null when none was asked.</summary>
    public double? Score { get; init; }
}

/// <summary>A batch was merged in order onto a base, without any checkout.</summary>
/// <param name="Commit">The tree to verify; null when no unit could be merged.</param>
/// <param name="Units">The units in it, in order.</param>
/// <param name="Conflicts">The units that could not be merged, with what conflicted.</param>
public sealed record BatchBuilt(int Batch, string Onto, string? Commit, IReadOnlyList<string> Units, IReadOnlyDictionary<string, string> Conflicts) : MissionFact;

/// <summary>A batch was verified on a clean checkout of exactly its commit.</summary>
/// <param name="Attempt">From 1; a second attempt tells a flake from a defect.</param>
public sealed record BatchVerified(int Batch, int Attempt, Verdict Verdict, string Detail, IReadOnlyList<string> FailingTests) : MissionFact
{
    /// <summary>The command passed, but with fewer tests than before: it is taken for failed.</summary>
    public bool LosesTests { get; init; }

    /// <summary>What the output says of tests; null when nothing was understood.</summary>
    public TestCounts? Counts { get; init; }
}

/// <summary>Green points at a batch's commit.</summary>
public sealed record Landed(int Batch, string Commit) : MissionFact;

/// <summary>Green was moved by somebody else meanwhile.</summary>
/// <param name="Batch">What was to land; 0 for the repair of the base.</param>
/// <param name="Green">Where it is now.</param>
public sealed record LandingLost(int Batch, string Green) : MissionFact;

/// <summary>The remote has green as it was landed.</summary>
public sealed record Pushed(string Commit, int Number) : MissionFact;

/// <summary>The remote will not have it: a rule of its own, not a matter of time.</summary>
public sealed record PushRefused(string Commit, int Number, string Detail) : MissionFact;

/// <summary>The remote's branch had commits that green does not have; they were merged with it, without any checkout.</summary>
/// <param name="Onto">Green.</param>
/// <param name="Upstream">The tip of the remote's branch.</param>
/// <param name="Commit">The tree to verify; null when they conflict.</param>
/// <param name="Detail">The conflict.</param>
public sealed record RemoteMoved(int Number, string Onto, string Upstream, string? Commit, string Detail) : MissionFact
{
    /// <summary>The number of the batch that takes them in: negative, so that it meets no batch of units.</summary>
    public int Batch => -Number;
}

/// <summary>A role read the tree and the evidence and said whether the objective is met.</summary>
public sealed record ObjectiveChecked(int Number, bool Met, string Because) : MissionFact;

/// <summary>A question was put to a person.</summary>
/// <param name="Subject">What it is about; with the gate it names the question.</param>
/// <param name="Text">What was asked.</param>
/// <param name="DueAt">When the time-out answers; null for never.</param>
public sealed record ApprovalAsked(string Gate, string Subject, string Text, DateTimeOffset? DueAt) : MissionFact;

/// <summary>A question was answered.</summary>
/// <param name="Key">The question's.</param>
/// <param name="By">user or timeout.</param>
public sealed record ApprovalGiven(string Key, bool Approved, string By, string Reason) : MissionFact;

/// <summary>The governor's level changed, and with it what may be done.</summary>
public sealed record LevelChanged(DegradationLevel Level, string Reason) : MissionFact;

/// <summary>Nothing may be done before a person has answered or the governor allows it; the time until the next fact is not the mission's.</summary>
public sealed record Suspended : MissionFact;

/// <summary>
/// An action could not be carried out: provider, git, machine. It blames nobody and costs no attempt; the same action, under the
/// same key, is started again after a while.
/// </summary>
/// <param name="Key">The action's key.</param>
/// <param name="RetryAt">When a rate limit or quota is back; null for the usual back-off.</param>
/// <param name="Counts">False for a deliberate wait (quota), which does not bring the mission nearer to its stop.</param>
public sealed record ActionFaulted(string Key, string Detail, DateTimeOffset? RetryAt = null, bool Counts = true) : MissionFact
{
    /// <summary>The provider did not accept the key, nor did any that stands in for it.</summary>
    public bool Refused { get; init; }
}

/// <summary>An action was stopped with the mission, and had cost something or left something.</summary>
/// <param name="Key">The action's key.</param>
/// <param name="Kept">The commit that keeps what a worker had done so far; null for none.</param>
public sealed record ActionStopped(string Key, string? Kept = null) : MissionFact;

/// <summary>Something that a person should know and that decides nothing.</summary>
/// <param name="Text">In a sentence or two.</param>
public sealed record Noticed(string Text) : MissionFact;

/// <summary>A person or another process asked for something.</summary>
/// <param name="Kind">stop, pause, resume, retry or add.</param>
/// <param name="Argument">A unit for retry, an objective for add.</param>
public sealed record Signalled(string Kind, string Argument, string By) : MissionFact
{
    /// <summary>The unique name of the letter that brought it, so that one delivered twice counts once; empty for none.</summary>
    public string Letter { get; init; } = "";
}

/// <summary>A stop cause took effect.</summary>
public sealed record StopDecided(string Cause, string Detail) : MissionFact;
