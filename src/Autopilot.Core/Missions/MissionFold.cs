using System.Collections.Immutable;
using Autopilot.Core.Missions.Pushing;

namespace Autopilot.Core.Missions;

/// <summary>What each fact changes. Facts that come too late (of an attempt or a batch that is over) change nothing but the cost.</summary>
public static class MissionFold
{
    private const int LessonsKept = 60;

    public static MissionState Apply(this MissionState state, MissionFact fact) => Change(Woken(state, fact) with { SpentUsd = state.SpentUsd + fact.CostUsd }, fact);

    /// <summary>Whatever becomes known ends a suspension; a clock that was set back makes it no shorter than nothing.</summary>
    private static MissionState Woken(MissionState state, MissionFact fact) => state.SuspendedSince is { } since && fact is not Suspended
        ? state with { SuspendedSince = null, SuspendedFor = state.SuspendedFor + (fact.At > since ? fact.At - since : TimeSpan.Zero) }
        : state;

    private static MissionState Change(MissionState state, MissionFact fact) => fact switch
    {
        BaseVerified f => BaseWasVerified(state, f),
        RepairFound f => RepairFold.WasFound(state, f),
        Repaired f => RepairFold.HasEnded(state, f),
        PlanMade f => Planned(state, f),
        PlanFailed f => state with
        {
            PlanTries = state.PlanTries + 1,
            PlanFaults = state.PlanFaults + 1,
            PlanNotBefore = f.At + Backoff.Delay(state.Settings, state.PlanFaults + 1),
            Lessons = Learn(state, $"The last plan could not be read: {f.Detail}"),
        },
        WorkStarted f => UnitFold.WorkHasBegun(state, f),
        WorkEnded f => UnitFold.WorkHasEnded(state, f),
        Reviewed f => UnitFold.WasReviewed(state, f),
        BatchBuilt f => BatchFold.WasBuilt(state, f),
        BatchVerified f => BatchFold.WasVerified(state, f),
        Landed f => BatchFold.HasLanded(state, f),
        LandingLost f => BatchFold.LandingWasLost(state, f),
        Pushed f => PushFold.WasPushed(state, f),
        PushRefused f => PushFold.WasRefused(state, f),
        RemoteMoved f => PushFold.RemoteHadMoved(state, f),
        ObjectiveChecked f => Checked(state, f),
        ApprovalAsked f => ApprovalFold.WasAsked(state, f),
        ApprovalGiven f => ApprovalFold.WasAnswered(state, f),
        LevelChanged f => state with { Level = f.Level },
        Suspended f => state with { SuspendedSince = state.SuspendedSince ?? f.At },
        ActionFaulted f => Faulted(Charged(state, f.Key, f), f),
        ActionStopped f => Charged(state, f.Key, f),
        Noticed => state,
        Signalled f => SignalFold.Apply(state, f),
        StopDecided f => state with { StopCause = f.Cause, StopDetail = f.Detail },
        _ => throw new ArgumentException($"No fold for the fact {fact.GetType().Name}.", nameof(fact)),
    };

    internal static MissionState With(this MissionState state, UnitState unit) => state with { Units = state.Units.SetItem(unit.Id, unit) };

    internal static ImmutableList<string> Learn(MissionState state, string lesson)
    {
        var lessons = state.Lessons.Add(lesson);
        return lessons.Count > LessonsKept ? lessons.RemoveRange(0, lessons.Count - LessonsKept) : lessons;
    }

    private static MissionState BaseWasVerified(MissionState state, BaseVerified fact)
    {
        state = state with { BaseChecks = state.BaseChecks + 1 };
        if (fact.Verdict == Verdict.Passed) return state with { Green = fact.Commit, GreenTests = fact.Counts?.Passed, BaseIsRed = false, BaseReds = 0 };
        var reds = state.BaseReds + 1;
        // A flake must not set off a repair.
        return reds == 1 && state.FlakeRate.WorthRepeating
            ? state with { BaseReds = reds }
            : state with { BaseReds = reds, BaseIsRed = true, Lessons = Learn(state, $"The starting tree was red: {fact.Detail}") };
    }

    /// <summary>What was spent on an action of a unit, the unit has cost.</summary>
    private static MissionState Charged(MissionState state, string key, MissionFact fact) =>
        fact.CostUsd > 0 && key.Split('/') is ["work" or "review", var id, ..] && state.Units.TryGetValue(id, out var unit)
            ? state.With(unit with { CostUsd = unit.CostUsd + fact.CostUsd })
            : state;

    private static MissionState Faulted(MissionState state, ActionFaulted fact)
    {
        var count = (state.Faults.GetValueOrDefault(fact.Key)?.Count ?? 0) + (fact.Counts ? 1 : 0);
        var next = fact.RetryAt > fact.At ? fact.RetryAt.Value : fact.At + Backoff.Delay(state.Settings, Math.Max(1, count));
        return state with { Faults = state.Faults.SetItem(fact.Key, new Fault(count, next, fact.Detail, fact.Refused)) };
    }

    private static MissionState Planned(MissionState state, PlanMade fact)
    {
        var units = fact.Units.Where(u => !state.Units.ContainsKey(u.Id)).ToList();
        return BlockHopeless(state with
        {
            Epoch = fact.Epoch,
            PlanTries = state.PlanTries + 1,
            PlanFaults = 0,
            PlanNotBefore = null,
            NothingLeft = fact.Units.Count == 0,
            AddedPlanned = fact.Additions ?? state.Added.Count,
            FruitlessEpochs = state.FruitlessEpochs + (fact.Units.Count > 0 ? 1 : 0),
            LandedInEpoch = false,
            Order = state.Order.AddRange(units.Select(u => u.Id)),
            Units = state.Units.AddRange(units.Select(u => KeyValuePair.Create(u.Id, new UnitState(u)))),
        });
    }

    private static MissionState Checked(MissionState state, ObjectiveChecked fact) => state with
    {
        ObjectiveChecks = state.ObjectiveChecks + 1,
        ObjectiveMet = fact.Met,
        Because = fact.Because,
        NothingLeft = state.NothingLeft && fact.Met,
        Lessons = fact.Met ? state.Lessons : Learn(state, $"The objective is not met, because: {fact.Because}"),
    };

    /// <summary>A unit that depends on one that will not land cannot come: it is reported, not lost.</summary>
    internal static MissionState BlockHopeless(MissionState state)
    {
        while (true)
        {
            var hopeless = state.InOrder.FirstOrDefault(u => u.Status == UnitStatus.Pending && CauseOf(state, u) is not null);
            if (hopeless is null) return state;
            var cause = CauseOf(state, hopeless)!;
            state = state.With(hopeless with { Status = UnitStatus.Blocked, BlockedBy = cause, Reason = $"depends on {cause}, which did not land" });
        }
    }

    private static string? CauseOf(MissionState state, UnitState unit) =>
        unit.Unit.DependsOn.FirstOrDefault(d => state.Units.TryGetValue(d, out var other) && other.Status is UnitStatus.Abandoned or UnitStatus.Blocked);
}
