namespace Autopilot.Core.Missions.Pushing;

/// <summary>What a push changes.</summary>
internal static class PushFold
{
    public static MissionState WasPushed(MissionState state, Pushed fact) =>
        state with { Push = new PushState { Commit = fact.Commit, Tries = state.Push.Tries + 1 } };

    public static MissionState WasRefused(MissionState state, PushRefused fact) =>
        Refuse(state with { Push = state.Push with { Tries = state.Push.Tries + 1 } }, fact.Commit, fact.Detail);

    /// <summary>What the remote has got is verified together with green like any batch; where another is under way, the next push finds it again.</summary>
    public static MissionState RemoteHadMoved(MissionState state, RemoteMoved fact)
    {
        state = state with { Push = state.Push with { Tries = state.Push.Tries + 1, Moves = state.Push.Moves + 1 } };
        if (fact.Commit is null) return Refuse(state, fact.Onto, $"it conflicts with what is on the remote: {fact.Detail}");
        if (!state.Batches.IsEmpty || state.Green != fact.Onto) return state;
        return state with { Batches = [new Batch(fact.Batch, fact.Onto, []) { Commit = fact.Commit, TakesIn = fact.Upstream }] };
    }

    public static MissionState HasTakenIn(MissionState state, Batch batch, Landed fact) => state with
    {
        Green = fact.Commit,
        GreenTests = batch.Tests,
        Published = fact.Commit,
        Landings = state.Landings.Add(fact.Commit),
        // They were suspects on another green.
        Queue = state.Queue with { Suspects = [], Waiting = state.Queue.Waiting.InsertRange(0, state.Queue.Suspects) },
        Batches = [.. state.Batches.Skip(1).Select(b => b.Assumes == batch.Number ? b with { Assumes = null } : b)],
    };

    public static MissionState CannotTakeIn(MissionState state, Batch failed) =>
        Refuse(state with { Batches = [] }, failed.Onto, $"verification fails together with {PushGreen.Short(failed.TakesIn!)}, which is on the remote: {failed.Detail}");

    private static MissionState Refuse(MissionState state, string commit, string why) => state with { Push = state.Push with { Refused = why, RefusedFor = commit } };
}
