using System.Text;
using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Loops.Review;

namespace Autopilot.Workflows.Loops;

/// <summary>Criteria and phases for readers.</summary>
internal static class CriteriaText
{
    /// <summary>The criteria with the boxes that the last report filled. No box here decides anything.</summary>
    public static string Of(PairPlace place, ReviewReport? report)
    {
        var text = new StringBuilder($"# Criteria: {place.Key}\n\nWritten from the verifier's report; ticking a box here changes nothing.\n\n");
        foreach (var criterion in place.Pair.Criteria)
        {
            var result = report?.Criteria.FirstOrDefault(r => r.Id == criterion.Id);
            text.Append($"- [{(result?.Met == true ? 'x' : ' ')}] **{criterion.Id}**: {criterion.Text}\n");
            if (result is not null) text.Append($"  - {result.Evidence.ReplaceLineEndings(" ")}\n");
        }

        return text.ToString();
    }

    public static string Of(PlannedPhase phase)
    {
        var text = new StringBuilder($"Phase {phase.Id}: {phase.Title}\nObjective: {phase.Objective}\n");
        Append(text, "In scope", phase.InScope);
        Append(text, "Out of scope", phase.OutOfScope);
        Append(text, "Deliverables", phase.Deliverables);
        Append(text, "Acceptance", [.. phase.Acceptance.Select(a => $"{a.Id}: {a.Text}")]);
        if (phase.Verification is { } command) Append(text, "Verification command of this phase", [command]);
        Append(text, "Depends on", phase.Dependencies);
        Append(text, "Risks", phase.Risks);
        Append(text, "Rollback", phase.Rollback);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return;
        text.Append(title).Append(":\n");
        foreach (var item in items) text.Append($"- {item}\n");
    }
}
