using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Pushing;

namespace Autopilot.Workflows.Missions.Pushing;

/// <summary>What became of green on the remote.</summary>
/// <param name="To">The remote's branch, such as origin/autopilot/green.</param>
/// <param name="Commit">What was pushed last; null when nothing was.</param>
/// <param name="Missing">Why green as it stands is not there; null when it is, or when nothing landed.</param>
public sealed record PushReport(string To, string? Commit, string? Missing)
{
    /// <returns>Null for a mission that pushes nothing.</returns>
    public static PushReport? Of(MissionState state, string to) => state.Settings.Push ? new PushReport(to, state.Push.Commit, PushDecision.Reason(state)) : null;

    /// <summary>In words.</summary>
    public string Text => (Commit, Missing) switch
    {
        (_, { } why) => $"not pushed to {To}: {why}",
        ({ } commit, null) => $"pushed to {To} ({PushGreen.Short(commit)})",
        _ => $"nothing to push to {To}",
    };
}
