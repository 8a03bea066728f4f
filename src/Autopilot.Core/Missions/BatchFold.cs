using Autopilot.Core.Missions.Pushing;

namespace Autopilot.Core.Missions;

/// <summary>How batches are built, judged and landed.</summary>
internal static class BatchFold
{
    public static MissionState WasBuilt(MissionState state, BatchBuilt fact)
    {
        state = state with { BatchesMade = Math.Max(state.BatchesMade, fact.Batch) };
        foreach (var (id, conflict) in fact.Conflicts)
            state = Return(state, id, Diagnosis.Conflict, $"its changes conflict with what has landed since it began:\n{conflict}", fact.At);
        if (fact.Commit is null || fact.Units.Any(u => state.Units[u].Status != UnitStatus.Queued)) return state;
        var before = state.Batches.Find(b => b.Commit == fact.Onto);
        // What the remote got may have come between.
        if (before is null && (fact.Onto != state.Green || !state.Batches.IsEmpty)) return state;
        return state with { Batches = state.Batches.Add(new Batch(fact.Batch, fact.Onto, [.. fact.Units]) { Commit = fact.Commit, Assumes = before?.Number }) };
    }

    public static MissionState WasVerified(MissionState state, BatchVerified fact)
    {
        if (state.Batches.Find(b => b.Number == fact.Batch) is not { Verdict: null } batch) return state;
        var verified = batch with { Verifications = batch.Verifications + 1, LosesTests = fact.LosesTests, Tests = fact.Counts?.Passed };
        switch (fact.Verdict)
        {
            case Verdict.Failed when !batch.Confirm && state.FlakeRate.WorthRepeating:
                return Replace(state, verified with { Confirm = true, Detail = fact.Detail, FailingTests = [.. fact.FailingTests] });
            case Verdict.Failed:
                state = batch.Confirm ? state with { FlakeRate = state.FlakeRate.Observe(flake: false) } : state;
                return Settle(Replace(state, verified with { Verdict = Verdict.Failed, Detail = fact.Detail, FailingTests = [.. fact.FailingTests] }), fact.At);
            default:
                return Replace(batch.Confirm ? Flaked(state, batch) : state, verified with { Verdict = Verdict.Passed });
        }
    }

    public static MissionState HasLanded(MissionState state, Landed fact)
    {
        if (state.Batches is not [{ } batch, ..] || batch.Number != fact.Batch) return state;
        if (batch.TakesIn is not null) return Settle(PushFold.HasTakenIn(state, batch, fact), fact.At);
        var conclusion = state.Queue.Conclude(batch.Units, passed: true);
        state = state with
        {
            Green = fact.Commit,
            GreenTests = batch.Tests,
            Published = fact.Commit,
            Landings = state.Landings.Add(fact.Commit),
            LandedInEpoch = true,
            FruitlessEpochs = 0,
            Queue = conclusion.Queue,
            Batches = [.. state.Batches.Skip(1).Select(b => b.Assumes == batch.Number ? b with { Assumes = null } : b)],
        };
        foreach (var id in conclusion.Land)
            state = state.With(state.Units[id] with { Status = UnitStatus.Landed, Reason = "landed" });
        foreach (var id in conclusion.Reject)
            state = UnitFold.TryAgain(state, state.Units[id], FailureDiagnosis.Of(state.Suspicion, []), $"verification failed with it and passed without it:\n{state.Suspicion}", fact.At);
        // Another batch may have failed while this one was being landed.
        return Settle(state, fact.At);
    }

    /// <summary>Somebody else moved green: what is there now has to be verified like a new base, and nothing that was assumed holds.</summary>
    public static MissionState LandingWasLost(MissionState state, LandingLost fact) => state with
    {
        Base = fact.Green,
        Published = fact.Green,
        Green = null,
        GreenTests = null,
        Repair = null,
        Repairs = state.Repairs + (state.Repair is null ? 0 : 1),
        BaseIsRed = false,
        BaseReds = 0,
        Batches = [],
        Queue = state.Queue with { Suspects = [], Waiting = state.Queue.Waiting.InsertRange(0, state.Queue.Suspects) },
    };

    /// <summary>Takes a unit out of the queue and sends it back to its worker.</summary>
    private static MissionState Return(MissionState state, string id, Diagnosis kind, string why, DateTimeOffset at)
    {
        if (state.Units[id].Status != UnitStatus.Queued) return state;
        state = state with { Queue = state.Queue.Without(id), Batches = [.. state.Batches.Where(b => !b.Units.Contains(id))] };
        return UnitFold.TryAgain(state, state.Units[id], kind, why, at);
    }

    /// <summary>Draws the conclusions from a failed batch at the head; what assumed that it passes is void.</summary>
    private static MissionState Settle(MissionState state, DateTimeOffset at)
    {
        if (state.Batches is not [{ Verdict: Verdict.Failed, Assumes: null } failed, ..]) return state;
        if (failed.TakesIn is not null) return PushFold.CannotTakeIn(state, failed);
        var conclusion = state.Queue.Conclude(failed.Units, passed: false);
        state = state with { Batches = [], Queue = conclusion.Queue, Suspicion = failed.Detail };
        foreach (var id in conclusion.Reject)
            state = UnitFold.TryAgain(state, state.Units[id], failed.LosesTests ? Diagnosis.Dishonest : FailureDiagnosis.Of(failed.Detail, failed.FailingTests), $"verification failed with it:\n{failed.Detail}", at);
        return state;
    }

    private static MissionState Flaked(MissionState state, Batch batch)
    {
        var flakes = state.Flakes;
        foreach (var test in batch.FailingTests.DefaultIfEmpty("(unnamed)")) flakes = flakes.SetItem(test, flakes.GetValueOrDefault(test) + 1);
        return state with { Flakes = flakes, FlakeRate = state.FlakeRate.Observe(flake: true) };
    }

    private static MissionState Replace(MissionState state, Batch batch) =>
        state with { Batches = state.Batches.SetItem(state.Batches.FindIndex(b => b.Number == batch.Number), batch) };
}
