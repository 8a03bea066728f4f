using Autopilot.Core.Governance;

namespace Autopilot.Core.Missions.Pushing;

/// <summary>
/// When green is pushed: after each landing, while nothing is on its way onto green; where a person is asked, once for all that has
/// landed when nothing else is left to do.
/// </summary>
public static class PushDecision
{
    /// <summary>So often in a row what the remote got meanwhile is taken in.</summary>
    public const int MostMoves = 5;

    /// <summary>So many faults in a row and a commit is left unpushed. They never stop a mission.</summary>
    public const int MostFaults = 3;

    public static MissionAction? Next(MissionState state, IReadOnlySet<string> running)
    {
        if (!state.Settings.Push || !IsDue(state) || running.Any(IsPush)) return null;
        var push = new PushGreen(state.Green!, state.Push.Tries + 1);
        if (!state.Settings.AskBeforePush) return push;
        if (!state.AllSettled) return null;
        if (Asked(state) is not { } asked) return new AskApproval(Gates.Push, SubjectOf(push.Commit));
        return asked.Approved == true ? push : null;
    }

    /// <summary>Why green is not on the remote as it stands; null when it is, or when nothing landed.</summary>
    public static string? Reason(MissionState state)
    {
        if (state.Landings.IsEmpty || state.Push.Commit is { } pushed && pushed == state.Green) return null;
        if (state.Push.RefusedFor == state.Green) return state.Push.Refused;
        if (state.Push.Moves >= MostMoves) return $"the remote moved {state.Push.Moves} times in a row";
        if (Fault(state) is { } fault) return fault.Detail;
        if (state.Settings.AskBeforePush && Asked(state) is { Approved: not true } asked) return asked.Approved == false ? "it was denied" : "nobody has approved it yet";
        return state.Landings[^1] == state.Green ? "the mission ended before" : "green was moved by somebody else";
    }

    internal static bool IsPush(string key) => key.StartsWith(PushGreen.Prefix, StringComparison.Ordinal);

    private static bool IsDue(MissionState state) =>
        state.Green is { } green && state.Batches.IsEmpty && !state.Landings.IsEmpty && state.Landings[^1] == green
        && state.Push.Commit != green && state.Push.RefusedFor != green && state.Push.Moves < MostMoves
        && !(Fault(state)?.Count >= MostFaults);

    private static Fault? Fault(MissionState state) => state.Green is { } green ? state.Faults.GetValueOrDefault(new PushGreen(green, state.Push.Tries + 1).Key) : null;

    private static Approval? Asked(MissionState state) => state.Green is { } green ? state.Approvals.GetValueOrDefault(Approval.KeyOf(Gates.Push, SubjectOf(green))) : null;

    private static string SubjectOf(string commit) => PushGreen.Short(commit);
}
