using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Workflows.Prompts;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>What a worker and its architect are told.</summary>
internal static class WorkPrompt
{
    private const int MostLessons = 5;
    private const int MostOfThePast = 3;

    /// <param name="name">missions/work or missions/architect.</param>
    /// <param name="rival">Which of several attempts at once, from 1; 0 for a plain one.</param>
    /// <param name="design">The architect's; empty for none.</param>
    public static string Of(MissionContext mission, string name, UnitState unit, MissionState state, Experience past, int rival, string design) =>
        Of(mission.Parts.Prompts, mission.Request, mission.Parts.Instructions, name, unit, state, past, rival, design);

    public static string Of(
        PromptTemplates prompts, MissionRequest request, string instructions, string name, UnitState unit, MissionState state, Experience past, int rival, string design) =>
        prompts.Fill(name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = unit.Unit.Title,
            ["description"] = unit.Unit.Description,
            ["files"] = unit.Unit.Files.Count == 0 ? "find out" : string.Join(", ", unit.Unit.Files),
            ["criteria"] = MissionContext.Criteria(unit.Unit),
            ["hint"] = unit.Unit.VerificationHint is { } hint ? $"\nHow to check it: {hint}" : "",
            ["objective"] = MissionContext.ObjectiveOf(request, state),
            ["state"] = MissionContext.StateText(state),
            ["memory"] = Section("What was learned in this mission", Relevance.Pick(state.Lessons, unit.Unit, MostLessons))
                + Section("What workers of earlier missions said, which may have changed since", Relevance.Pick(past.Lessons, unit.Unit, MostOfThePast)),
            ["risks"] = Section("Units like this one often failed", past.Risks.Of(unit.Unit).Select(r => r.ToString())),
            ["instructions"] = instructions,
            ["verification"] = MissionContext.VerificationOf(request),
            ["specialist"] = unit.Unit.Specialist is { } role && prompts.Has($"specialists/{role}") ? prompts.Fill($"specialists/{role}", new Dictionary<string, string>()) : "",
            ["feedback"] = Section("Earlier attempts failed", unit.Setbacks.Select(s => s.ForTheWorker)),
            // Rivals differ by what they are asked to try.
            ["approach"] = (rival == 0 ? "" : $"\n# The approach to take\n{Approach.HintOf(rival)} Others try it in other ways; the best work goes on.\n") + design,
        });

    private static string Section(string title, IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(l => "- " + l)) is { Length: > 0 } text ? $"\n# {title}\n{text}\n" : "";
}
