using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Speculating;

namespace Autopilot.Core.Missions;

/// <summary>How a unit moves through its attempts.</summary>
internal static class UnitFold
{
    public static MissionState WorkHasBegun(MissionState state, WorkStarted fact)
    {
        var unit = state.Units[fact.Unit];
        if (unit.Attempt != fact.Attempt) unit = unit with { Status = UnitStatus.Working, Attempt = fact.Attempt, Base = fact.Base, Commit = null, NotBefore = null, Winner = 0, Gate = null, Vouched = false, Rivals = RivalFold.Enter(fact.Rivals) };
        return state.With(fact.Rival == 0 ? unit : RivalFold.Begin(unit, fact.Rival));
    }

    public static MissionState WorkHasEnded(MissionState state, WorkEnded fact)
    {
        var unit = state.Units[fact.Unit];
        if (unit.Status != UnitStatus.Working || unit.Attempt != fact.Attempt) return state;
        unit = unit with { CostUsd = unit.CostUsd + fact.CostUsd };
        if (fact.Handoff.Length > 0) state = state with { Lessons = MissionFold.Learn(state, $"{unit.Id} reported: {fact.Handoff}") };
        if (fact.Rival > 0) return RivalFold.WorkHasEnded(state, unit, fact);
        return fact.Failure switch
        {
            WorkFailure.None when fact.Commit is { } commit => Committed(state, unit with { Commit = commit, Size = new ChangeSize(fact.Lines, fact.Files.Count) }, fact.At),
            WorkFailure.Blocked => Settle(state, unit with { Status = UnitStatus.Blocked, Reason = $"the worker says that it cannot be done: {fact.Detail}" }),
            WorkFailure.None => TryAgain(state, unit, Diagnosis.NothingDone, "nothing was committed", fact.At),
            _ => TryAgain(state, unit, KindOf(fact), fact.Detail, fact.At),
        };
    }

    public static MissionState WasReviewed(MissionState state, Reviewed fact)
    {
        var unit = state.Units[fact.Unit];
        if (unit.Status != UnitStatus.Reviewing || unit.Attempt != fact.Attempt) return state;
        unit = unit with { CostUsd = unit.CostUsd + fact.CostUsd };
        if (fact.Remarks.Length > 0) state = state with { Lessons = MissionFold.Learn(state, $"The review of {unit.Id} ({unit.Unit.Title}): {fact.Remarks}") };
        if (fact.Rival > 0) return RivalFold.WasReviewed(state, unit, fact);
        return fact.Verdict switch
        {
            ReviewVerdict.Accepted => Accept(state, unit, fact.At),
            ReviewVerdict.Ask => state.With(AtGate(unit, Gates.DishonestWork, fact.Remarks)),
            ReviewVerdict.Retry => TryAgain(state, unit, fact.Cause, $"the review sent it back: {fact.Remarks}", fact.At),
            _ => Settle(state, unit with { Status = UnitStatus.Abandoned, Reason = $"rejected by the gate: {fact.Remarks}" }),
        };
    }

    public static MissionState WasAnswered(MissionState state, UnitState unit, ApprovalGiven fact)
    {
        var (gate, asked) = (unit.Gate, unit.Reason);
        unit = unit with { Gate = null };
        // The person answered for what the guard found: criteria and reviewer are still to be heard.
        if (fact.Approved) return gate == Gates.DishonestWork ? state.With(unit with { Status = UnitStatus.Reviewing, Vouched = true, Reason = "" }) : Enqueue(state, unit, fact.At);
        var why = $"denied by {fact.By}{(fact.Reason.Length > 0 ? $": {fact.Reason}" : "")} ({asked})";
        return Settle(state, unit with { Status = UnitStatus.Abandoned, Reason = why, Setbacks = unit.Setbacks.Add(new Setback(unit.Attempt, Diagnosis.Denied, why)) });
    }

    /// <summary>The attempt counts; the unit starts over with what was learned, or is given up.</summary>
    public static MissionState TryAgain(MissionState state, UnitState unit, Diagnosis kind, string why, DateTimeOffset at)
    {
        var charged = unit.Charged + 1;
        unit = unit with { Charged = charged, Commit = null, Reason = why, Setbacks = unit.Setbacks.Add(new Setback(unit.Attempt, kind, why)) };
        return charged >= state.Settings.MaxAttempts
            ? Settle(state, unit with { Status = UnitStatus.Abandoned, Reason = $"given up after {charged} attempts; the last: {why}" })
            : state.With(unit with { Status = UnitStatus.Pending, NotBefore = at + Backoff.Delay(state.Settings, charged) });
    }

    public static Diagnosis KindOf(WorkEnded fact) => fact.Failure switch
    {
        WorkFailure.NothingDone => Diagnosis.NothingDone,
        WorkFailure.Limit => fact.Detail.Contains("time", StringComparison.OrdinalIgnoreCase) || fact.Detail.Contains("silen", StringComparison.OrdinalIgnoreCase) ? Diagnosis.Timeout : Diagnosis.Quota,
        WorkFailure.Crashed => Diagnosis.Crash,
        _ => Diagnosis.Agent,
    };

    private static MissionState Committed(MissionState state, UnitState unit, DateTimeOffset at) =>
        state.Settings.Review ? state.With(unit with { Status = UnitStatus.Reviewing, Reason = "" }) : Accept(state, unit, at);

    /// <summary>All gates before the merge are passed, but for the one that asks a person about its size.</summary>
    public static MissionState Accept(MissionState state, UnitState unit, DateTimeOffset at) => state.Settings.LargeMerge.Includes(unit.Size)
        ? state.With(AtGate(unit, Gates.LargeMerge, $"{unit.Size.Lines} lines in {unit.Size.Files} files"))
        : Enqueue(state, unit, at);

    private static UnitState AtGate(UnitState unit, string gate, string why) => unit with { Status = UnitStatus.Approving, Gate = gate, Reason = $"a person must approve: {why}" };

    private static MissionState Enqueue(MissionState state, UnitState unit, DateTimeOffset at)
    {
        var queued = unit with { Status = UnitStatus.Queued, QueuedSince = unit.QueuedSince ?? at, Reason = "" };
        return state.With(queued) with { Queue = state.Queue with { Waiting = state.Queue.Waiting.Add(unit.Id) } };
    }

    public static MissionState Settle(MissionState state, UnitState unit) =>
        MissionFold.BlockHopeless(state.With(unit) with { Lessons = MissionFold.Learn(state, $"{unit.Id} ({unit.Unit.Title}) did not land: {unit.Reason}") });
}
