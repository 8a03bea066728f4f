namespace Autopilot.Core.Missions;

/// <summary>What a person's or another process's signal changes.</summary>
internal static class SignalFold
{
    public static MissionState Apply(MissionState state, Signalled fact)
    {
        if (fact.Letter.Length == 0) return Change(state, fact);
        return state.Letters.Contains(fact.Letter) ? state : Change(state with { Letters = state.Letters.Add(fact.Letter) }, fact);
    }

    private static MissionState Change(MissionState state, Signalled fact) => fact.Kind switch
    {
        "stop" => state with { StopCause = "user", StopDetail = fact.Argument.Length > 0 ? fact.Argument : $"stopped by {fact.By}" },
        "pause" => state with { Paused = true },
        "resume" => state with { Paused = false },
        "retry" => Retry(state, fact.Argument),
        "add" => state with { Added = state.Added.Add(fact.Argument), NothingLeft = false, ObjectiveMet = null, ObjectiveChecks = 0, Lessons = MissionFold.Learn(state, $"The objective was extended: {fact.Argument}") },
        _ => state,
    };

    /// <summary>Gives a settled unit fresh attempts, and those that were blocked by it their turn.</summary>
    private static MissionState Retry(MissionState state, string id)
    {
        if (!state.Units.TryGetValue(id, out var unit) || unit.Status is not (UnitStatus.Abandoned or UnitStatus.Blocked)) return state;
        state = state.With(unit with { Status = UnitStatus.Pending, Charged = 0, NotBefore = null, BlockedBy = null, Reason = "retried by request" });
        foreach (var blocked in state.InOrder.Where(u => u.Status == UnitStatus.Blocked && u.BlockedBy == id).ToList())
            state = Retry(state, blocked.Id);
        return MissionFold.BlockHopeless(state);
    }
}
