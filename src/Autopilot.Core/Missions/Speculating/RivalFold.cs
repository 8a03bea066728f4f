using System.Collections.Immutable;
using Autopilot.Core.Merging;

namespace Autopilot.Core.Missions.Speculating;

/// <summary>How several attempts at one unit become one.</summary>
internal static class RivalFold
{
    public static ImmutableList<Rival> Enter(int count) => [.. Enumerable.Range(1, count).Select(n => new Rival(n))];

    public static UnitState Begin(UnitState unit, int number) => With(unit, unit.Rivals[number - 1] with { Status = RivalStatus.Working });

    public static MissionState WorkHasEnded(MissionState state, UnitState unit, WorkEnded fact)
    {
        if (unit.Rivals[fact.Rival - 1] is not { Status: RivalStatus.Working } rival) return state;
        rival = rival with { CostUsd = fact.CostUsd, Files = fact.Files.Count, Lines = fact.Lines };
        var ended = fact is { Failure: WorkFailure.None, Commit: { } commit }
            ? rival with { Status = RivalStatus.Committed, Commit = commit }
            : rival with { Status = RivalStatus.Out, Cause = UnitFold.KindOf(fact), Why = fact.Detail, Blocked = fact.Failure == WorkFailure.Blocked };
        return Advance(state, With(unit, ended), fact.At);
    }

    public static MissionState WasReviewed(MissionState state, UnitState unit, Reviewed fact)
    {
        if (unit.Rivals[fact.Rival - 1] is not { Status: RivalStatus.Committed } rival) return state;
        var judged = fact.Verdict == ReviewVerdict.Accepted
            ? rival with { Status = RivalStatus.Passed, Score = fact.Score, Why = fact.Remarks, CostUsd = rival.CostUsd + fact.CostUsd }
            : rival with { Status = RivalStatus.Out, Cause = fact.Cause, Why = fact.Remarks, Score = fact.Score, CostUsd = rival.CostUsd + fact.CostUsd };
        return Advance(state, With(unit, judged), fact.At);
    }

    /// <summary>Nobody is judged before all are done, and nobody goes on before all are judged.</summary>
    private static MissionState Advance(MissionState state, UnitState unit, DateTimeOffset at)
    {
        if (unit.Rivals.Exists(r => r.Status is RivalStatus.Waiting or RivalStatus.Working)) return state.With(unit);
        if (!state.Settings.Review) unit = unit with { Rivals = [.. unit.Rivals.Select(r => r.Status == RivalStatus.Committed ? r with { Status = RivalStatus.Passed } : r)] };
        if (unit.Rivals.Exists(r => r.Status == RivalStatus.Committed)) return state.With(unit with { Status = UnitStatus.Reviewing, Reason = "" });
        if (Contest.Winner(unit.Rivals, state.Settings.Speculation?.Measure ?? Measure.Review) is { } winner)
            return UnitFold.Accept(state, unit with { Winner = winner.Number, Commit = winner.Commit, Size = new ChangeSize(winner.Lines, winner.Files) }, at);
        if (unit.Rivals.TrueForAll(r => r.Blocked))
            return UnitFold.Settle(state, unit with { Status = UnitStatus.Blocked, Reason = $"all workers say that it cannot be done: {unit.Rivals[0].Why}" });
        var why = string.Join('\n', unit.Rivals.Select(r => $"- {Approach.NameOf(r.Number)} approach ({FailureDiagnosis.NameOf(r.Cause)}): {r.Why}"));
        return UnitFold.TryAgain(state, unit, unit.Rivals[^1].Cause, $"none of {unit.Rivals.Count} attempts at once passed:\n{why}", at);
    }

    private static UnitState With(UnitState unit, Rival rival) => unit with { Rivals = unit.Rivals.SetItem(rival.Number - 1, rival) };
}
