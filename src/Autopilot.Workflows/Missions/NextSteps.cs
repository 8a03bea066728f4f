using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Pushing;
using Autopilot.Core.Missions.Reporting;

namespace Autopilot.Workflows.Missions;

/// <summary>What a person should look at when a mission is over, the most important first.</summary>
internal static class NextSteps
{
    private const int MostOfAReason = 140;

    public static IEnumerable<string> Of(string runId, string green, MissionState state, IReadOnlyList<UnitReport> units, IReadOnlyList<Flake> flakes, string? hub)
    {
        if (state.StopCause is { } cause && Cure(cause, runId) is { } cure) yield return cure;
        if (state.ObjectiveMet == false) yield return $"The objective is not met: {Line(state.Because)}";
        if (state.ObjectiveMet == true && MissionResults.CameToNothing(state)) yield return $"The auditor takes the objective for met, although nothing that was planned for it landed: {Line(state.Because)}";
        foreach (var unit in units.Where(u => u.Status is not "landed")) yield return $"{unit.Id} ({unit.Title}): {Short(unit.Reason)}{Work(unit, hub)}";
        if (flakes.Count > 0) yield return $"Mend the flaky tests: {string.Join(", ", flakes.Select(f => f.Name))}. Each costs a verification whenever it fails.";
        if (state.Settings.Push && PushDecision.Reason(state) is { } why) yield return $"Green is not on the remote: {Line(why)}. Push it by hand: autopilot mission push {runId}";
        if (!state.Landings.IsEmpty) yield return $"Take the work over: git merge {green}";
    }

    private static string Work(UnitReport unit, string? hub) =>
        unit.Branch is null || hub is null ? "" : $" Its last work: git fetch {hub} {unit.Branch}";

    private static string? Cure(string cause, string runId) => cause switch
    {
        "wall_time" => "The time was over. Begin another mission with a longer mission.max_time; it starts from green.",
        "budget" => "The budget was spent. Look at the cost by role, and begin another mission with a higher --max-budget; it starts from green.",
        "red_base" => "The starting tree fails verification: mend it first, or look at the repair's candidates.",
        "planner_failed" => $"The planner gave no usable plan: its sessions are in .autopilot/runs/{runId}/sessions.",
        "repeated_failure" => "Plans in a row landed nothing: the setbacks below say why. A smaller objective or a better verification message helps most.",
        "provider_refused" => "The provider does not accept the key: set a valid one, or log in with the agent; 'autopilot doctor' looks at it. Then begin the mission again.",
        "infrastructure" => "Provider, git or machine failed again and again: autopilot doctor looks at them.",
        "governor" => "The governor refused to go on: autopilot status says why.",
        _ => null,
    };

    private static string Line(string text) => text.Split('\n', 2)[0];

    // The whole is with the unit.
    private static string Short(string reason) => Line(reason) is var line && line.Length > MostOfAReason ? line[..MostOfAReason] + "..." : line.TrimEnd(':');
}
