using System.Globalization;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Planning;
using Autopilot.Workflows.Prompts;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>What the planner is told: everything that was learned.</summary>
internal static class PlanPrompt
{
    private const int MostOfThePast = 8;
    private const int Head = 120;
    private const int Tail = 300;

    /// <param name="depth">Of the scope, from 1.</param>
    /// <param name="feedback">What is wrong with the plan before; empty for none.</param>
    public static string Of(MissionContext mission, MissionState state, Experience past, string scope, int depth, string feedback) =>
        Of(mission.Parts.Prompts, mission.Request, mission.Parts.Instructions, state, past, scope, depth, feedback);

    public static string Of(PromptTemplates prompts, MissionRequest request, string instructions, MissionState state, Experience past, string scope, int depth, string feedback) =>
        prompts.Fill("missions/plan", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["objective"] = MissionContext.ObjectiveOf(request, state),
            ["verification"] = MissionContext.VerificationOf(request),
            ["instructions"] = instructions,
            ["state"] = MissionContext.StateText(state) + Setbacks(state),
            ["lessons"] = List(state.Lessons.Concat(Relevance.Pick(past.Lessons, $"{request.Objective} {scope}", MostOfThePast).Select(l => $"In an earlier mission: {l}")), "Nothing yet."),
            ["risks"] = List(past.Risks.Notable.Select(r => r.ToString()), "None are known."),
            ["scope"] = scope,
            ["max_children"] = request.PlanWidth.ToString(CultureInfo.InvariantCulture),
            ["depth_left"] = (request.PlanDepth - depth).ToString(CultureInfo.InvariantCulture),
            ["specialists"] = string.Join(", ", PlanCheck.Specialists),
            ["feedback"] = feedback,
        });

    // The whole outputs are in the lessons of those that were given up.
    private static string Setbacks(MissionState state) => string.Concat(state.InOrder.SelectMany(u => u.Setbacks.Select(
        s => $"  - {u.Id} attempt {s.Attempt} was sent back for {FailureDiagnosis.NameOf(s.Kind)}: {Brief(s.Why)}\n")));

    /// <summary>How it begins, and how the output ends, which is where tools say what is wrong.</summary>
    private static string Brief(string why)
    {
        var line = string.Join(" | ", why.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= Head + Tail ? line : $"{line[..Head]} ... {line[^Tail..]}";
    }

    private static string List(IEnumerable<string> lines, string none) =>
        string.Join('\n', lines.Select(l => "- " + l)) is { Length: > 0 } text ? text : none;
}
