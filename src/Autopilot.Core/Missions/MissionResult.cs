namespace Autopilot.Core.Missions;

/// <summary>What a mission achieved.</summary>
public enum MissionResult
{
    /// <summary>The objective is met: a role said so, every landed tree was verified, and what was planned did not come to nothing.</summary>
    Met,
    /// <summary>Part of it landed.</summary>
    Partial,
    Nothing,
}

/// <summary>Judges a mission at its end.</summary>
public static class MissionResults
{
    public static MissionResult Of(MissionState state)
    {
        var met = state.Settings.CheckObjective
            ? state.ObjectiveMet == true && !CameToNothing(state)
            : state is { NothingLeft: true, StopCause: null } && state.Units.Values.All(u => u.Status == UnitStatus.Landed);
        if (met && state.Green is not null) return MissionResult.Met;
        return state.Landings.IsEmpty ? MissionResult.Nothing : MissionResult.Partial;
    }

    /// <summary>Units were planned, and none landed: then the tree is as it was, whatever anybody says of it.</summary>
    public static bool CameToNothing(MissionState state) => !state.Units.IsEmpty && state.Units.Values.All(u => u.Status != UnitStatus.Landed);

    public static int ExitCode(MissionResult result) => result switch
    {
        MissionResult.Met => ExitCodes.Done,
        MissionResult.Partial => ExitCodes.NeedsFollowUp,
        _ => ExitCodes.Failed,
    };
}
