using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Pushing;
using Autopilot.Core.Missions.Speculating;

namespace Autopilot.Core.Missions;

/// <summary>What is to be done now. Pure: the same state, running work and time give the same actions.</summary>
public sealed class MissionDecision
{
    private const int MaxPlanFaults = 3;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private (double Rate, GroupTest Plan) batchPlan = (0, new GroupTest(FailureRate.Prior.Value));

    /// <param name="running">The keys of the actions under way.</param>
    /// <returns>The actions to start, none of which is running; empty when there is nothing to do but wait for those.</returns>
    public IReadOnlyList<MissionAction> Decide(MissionState state, IReadOnlySet<string> running, DateTimeOffset now)
    {
        if (state.StopCause is not null) return running.Count == 0 ? [new Finish()] : [];
        if (StopFor(state, now) is { } stop) return [stop];
        // What runs comes to its end; then the process may end, too.
        if (state.Level == DegradationLevel.SafeStop) return running.Count == 0 ? [new Suspend(Suspend.SafeStop, now + LookAgain)] : [];
        var wanted = state.Green is null ? [Start(state)] : Resumed(state).Concat(state.Paused ? [] : New(state, running, now)).ToList();
        if (wanted.Count == 0 && running.Count == 0) wanted = [Idle(state, now)];
        if (!Degradation.AllowsWriting(state.Level)) wanted = HeldBack(wanted, running);
        var due = wanted.Where(a => !running.Contains(a.Key) && !(state.Faults.GetValueOrDefault(a.Key)?.NotBefore > now)).ToList();
        // What is running may take long: a retry that becomes due meanwhile must not wait for it.
        var next = NextRetry(state, wanted, running, now);
        if (next < DateTimeOffset.MaxValue) due.Add(new Wait(next));
        return due;
    }

    // The governor would let none of it pass; but whoever only waits for leave has made workspaces by then, on a disk that is nearly full.
    private static List<MissionAction> HeldBack(List<MissionAction> wanted, IReadOnlySet<string> running)
    {
        wanted.RemoveAll(a => a is VerifyBase or RepairBase or LandRepair or MakePlan or DoWork or ReviewWork or BuildBatch or Land or CheckObjective);
        // It is heard when the level rises.
        return wanted.Count > 0 || running.Count > 0 ? wanted : [new Wait(DateTimeOffset.MaxValue)];
    }

    private static DateTimeOffset NextRetry(MissionState state, IEnumerable<MissionAction> wanted, IReadOnlySet<string> running, DateTimeOffset now)
    {
        var faults = wanted.Where(a => !running.Contains(a.Key)).Select(a => state.Faults.GetValueOrDefault(a.Key)?.NotBefore);
        var units = state.Units.Values.Where(u => u.Status == UnitStatus.Pending).Select(u => u.NotBefore);
        return faults.Concat(units).OfType<DateTimeOffset>().Where(t => t > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
    }

    private static Stop? StopFor(MissionState state, DateTimeOffset now)
    {
        var rules = state.Settings;
        if (state.SuspendedSince is null && now >= state.Deadline) return new Stop("wall_time", $"the mission may run for {rules.MaxTime}");
        if (rules.MaxBudgetUsd is { } budget && state.SpentUsd >= budget) return new Stop("budget", $"${state.SpentUsd:F2} of ${budget:F2} are spent");
        if (state.PlanFaults >= MaxPlanFaults) return new Stop("planner_failed", $"the planner failed {state.PlanFaults} times in a row");
        // Where something has landed the key was good, and may be again; where nothing has, waiting makes it no better.
        if (state.Landings.IsEmpty && state.Faults.Values.FirstOrDefault(f => f.Refused) is { } refusal) return new Stop("provider_refused", refusal.Detail);
        var (key, fault) = state.Faults.FirstOrDefault(f => f.Value.Count >= rules.MaxFaults && !PushDecision.IsPush(f.Key));
        return fault is null ? null : new Stop("infrastructure", $"{key} could not be carried out {fault.Count} times in a row: {fault.Detail}");
    }

    private static MissionAction Start(MissionState state) => state.BaseIsRed ? RepairFold.Next(state) : new VerifyBase(state.Base, state.BaseChecks + 1);

    /// <summary>What the facts say is under way; after a crash it is started again and adopts what is there.</summary>
    private static IEnumerable<MissionAction> Resumed(MissionState state)
    {
        foreach (var unit in state.InOrder)
        {
            if (ApprovalFold.QuestionOf(unit) is { } question && !state.Approvals.ContainsKey(question))
                yield return new AskApproval(unit.Gate!, ApprovalFold.SubjectOf(unit));
            if (unit.Status == UnitStatus.Working && unit.Rivals.IsEmpty) yield return new DoWork(unit.Id, unit.Attempt, unit.Base!);
            if (unit.Status == UnitStatus.Reviewing && unit.Rivals.IsEmpty) yield return new ReviewWork(unit.Id, unit.Attempt);
            foreach (var rival in unit.Rivals)
            {
                if (unit.Status == UnitStatus.Working && rival.Status == RivalStatus.Working) yield return Rivalling(unit, rival.Number);
                if (unit.Status == UnitStatus.Reviewing && rival.Status == RivalStatus.Committed) yield return new ReviewWork(unit.Id, unit.Attempt, rival.Number);
            }
        }

        foreach (var batch in state.Batches)
        {
            if (batch.Verdict is null) yield return new VerifyBatch(batch.Number, batch.Commit!, batch.Verifications + 1);
            else if (batch is { Verdict: Verdict.Passed, Assumes: null }) yield return new Land(batch.Number, batch.Commit!, state.Published, batch.Units);
        }
    }

    private IEnumerable<MissionAction> New(MissionState state, IReadOnlySet<string> running, DateTimeOffset now)
    {
        var work = NewWork(state, now).Concat(NewBatch(state, now));
        return PushDecision.Next(state, running) is { } push ? work.Append(push) : work;
    }

    private static IEnumerable<MissionAction> NewWork(MissionState state, DateTimeOffset now)
    {
        var free = state.Rules.Workers - state.Units.Values.Sum(u => u.AtWork);
        var rivals = state.InOrder.Where(u => u.Status == UnitStatus.Working)
            .SelectMany(u => u.Rivals.Where(r => r.Status == RivalStatus.Waiting).Select(r => Rivalling(u, r.Number)));
        var fresh = state.InOrder.Where(u => MayStart(state, u, now)).OrderBy(u => u.Unit.Priority).SelectMany(u => Beginning(state, u));
        return rivals.Concat(fresh).Take(Math.Max(0, free));
    }

    private static IEnumerable<DoWork> Beginning(MissionState state, UnitState unit)
    {
        var rivals = Speculation.RivalsFor(state, unit);
        return (rivals == 0 ? [0] : Enumerable.Range(1, rivals)).Select(n => new DoWork(unit.Id, unit.Attempt + 1, state.Green!, n, rivals));
    }

    private static DoWork Rivalling(UnitState unit, int rival) => new(unit.Id, unit.Attempt, unit.Base!, rival, unit.Rivals.Count);

    private static bool MayStart(MissionState state, UnitState unit, DateTimeOffset now) =>
        unit.Status == UnitStatus.Pending
        && (unit.NotBefore is not { } time || time <= now)
        && unit.Unit.DependsOn.All(d => !state.Units.TryGetValue(d, out var other) || other.Status == UnitStatus.Landed);

    private IEnumerable<MissionAction> NewBatch(MissionState state, DateTimeOffset now)
    {
        var onto = state.Batches switch
        {
            [] => state.Green,
            [{ Verdict: null, Confirm: false } only] when state.Rules.SpeculativeBatch && state.Queue.Suspects.IsEmpty => only.Commit,
            _ => null,
        };
        if (onto is null) yield break;
        var busy = state.Batches.SelectMany(b => b.Units).ToHashSet(StringComparer.Ordinal);
        var waiting = QueueOrder.Sort(state.Queue.Waiting.Where(id => !busy.Contains(id)).Select(id => Queued(state.Units[id])), now);
        var units = state.Queue.Reorder(waiting.Select(u => u.Id)).Next(Plan(state.Queue.Rate.Value), state.Settings.BatchLimit);
        if (!units.IsEmpty) yield return new BuildBatch(state.BatchesMade + 1, onto, units);
    }

    private static QueuedUnit Queued(UnitState unit) => new(unit.Id, unit.Unit.Priority, unit.QueuedSince ?? default);

    // The table costs a moment; a rate that moved by less than a tenth has nearly the same one.
    private GroupTest Plan(double rate)
    {
        if (Math.Abs(rate - batchPlan.Rate) > 0.1 * batchPlan.Rate) batchPlan = (rate, new GroupTest(rate));
        return batchPlan.Plan;
    }

    private static MissionAction Idle(MissionState state, DateTimeOffset now)
    {
        // What was taken in from the remote is no unit's, and may wait for a level at which green moves.
        if (!state.AllSettled || !state.Batches.IsEmpty)
        {
            var next = state.Units.Values.Where(u => u.Status == UnitStatus.Pending && u.NotBefore > now).Select(u => u.NotBefore!.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            return next == DateTimeOffset.MaxValue && !state.Paused && Suspension(state) is { } suspension ? suspension : new Wait(next);
        }

        if (state.Paused) return new Wait(DateTimeOffset.MaxValue);
        // A mission does not end while a question of its is open.
        return AfterAllSettled(state, now) is var then && then is Finish && Suspension(state) is { } open ? open : then;
    }

    private static Suspend? Suspension(MissionState state)
    {
        var open = state.OpenApprovals.OrderBy(a => a.DueAt ?? DateTimeOffset.MaxValue).ThenBy(a => a.Key, StringComparer.Ordinal).ToList();
        return open.Count > 0 ? new Suspend(open[0].Key, open[0].DueAt) : null;
    }

    private static MissionAction AfterAllSettled(MissionState state, DateTimeOffset now)
    {
        if (state.ObjectiveMet == true) return new Finish();
        if ((!state.NothingLeft || state.Added.Count > state.AddedPlanned) && (state.Epoch == 0 || AwaitsPlan(state))) return Plan(state, now);
        if (!state.Settings.CheckObjective) return state.NothingLeft ? new Finish() : Plan(state, now);
        return state.ObjectiveChecks < state.Settings.MaxObjectiveChecks ? new CheckObjective(state.ObjectiveChecks + 1) : new Finish();
    }

    /// <summary>Something did not land, the objective was extended, or it was found unmet after the last landing: the planner is told.</summary>
    private static bool AwaitsPlan(MissionState state) =>
        !state.LandedInEpoch || state.Added.Count > state.AddedPlanned || state.ObjectiveMet == false && state.ObjectiveChecks < state.Settings.MaxObjectiveChecks;

    private static MissionAction Plan(MissionState state, DateTimeOffset now)
    {
        // Here, so that no plan is paid for that nobody would work on.
        if (state.FruitlessEpochs >= state.Settings.MaxFruitlessEpochs) return new Stop("repeated_failure", $"{state.FruitlessEpochs} plans in a row landed nothing");
        if (state.PlanNotBefore > now) return new Wait(state.PlanNotBefore.Value);
        return state.Epoch < state.Settings.MaxEpochs
            ? new MakePlan(state.Epoch + 1, state.PlanTries + 1)
            : new Stop("epochs", $"{state.Epoch} plans were made, the most that is allowed");
    }
}
