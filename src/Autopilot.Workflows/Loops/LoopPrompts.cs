using Autopilot.Agents.Models;
using Autopilot.Core.Loops;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Review;

namespace Autopilot.Workflows.Loops;

/// <summary>What agents are told.</summary>
internal sealed class LoopPrompts(LoopFlow flow, LoopLane lane, PairPlace place)
{
    private const int MostFeedback = 20_000;

    /// <summary>The form of a verifier's answer.</summary>
    public static string ReviewSchema { get; } = AnswerForms.Of(LoopFormats.Default.ReviewReport).Schema.GetRawText();

    /// <summary>The form of an auditor's answer.</summary>
    public static string AuditSchema { get; } = AnswerForms.Of(LoopFormats.Default.AuditReport).Schema.GetRawText();

    public string Producer(string turn, int cycle, int attempt) => Fill("producer", turn, cycle, attempt, GateFacts.None);

    public string Verifier(string turn, int cycle, int attempt, GateFacts facts) => Fill("verifier", turn, cycle, attempt, facts);

    /// <summary>The prompt of a turn; where an answer is sent back, what is wrong with it. An agent that keeps no conversation is told everything again.</summary>
    public string Again(string prompt, string turn, string? problem, TurnResult? last) => problem is null ? prompt
        : last?.SessionId is null ? $"{prompt}\n\n# Your last answer\n\n{Repair(turn, problem, last)}" : Repair(turn, problem, last);

    private string Repair(string turn, string problem, TurnResult? last) =>
        $"""
        Your last answer in this loop (run {lane.Record.Id}, {place.Key}, turn {turn}) cannot be used.

        {problem}

        Mend it and answer again in full, in the form that was asked for. The folder {LoopMaterials.Folder} has the request, the criteria and your artefacts ({ArtifactsFolder}).

        Your answer was:

        {Tail(last?.Text ?? "", 8_000)}
        """;

    private string ArtifactsFolder => $"{LoopMaterials.Folder}/artifacts/{place.Folder}";

    private string Fill(string side, string turn, int cycle, int attempt, GateFacts facts) => flow.Parts.Templates.Prompt(place.Pair, side, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["run"] = lane.Record.Id,
        ["pair"] = place.Pair.Name,
        ["turn"] = turn,
        ["cycle"] = $"{cycle}",
        ["attempt"] = $"{attempt}",
        ["task"] = flow.Request.TaskId,
        ["request"] = lane.Record.Request,
        ["folder"] = LoopMaterials.Folder,
        ["artifacts_folder"] = ArtifactsFolder,
        ["artifacts"] = string.Join('\n', place.Pair.Artifacts.Select(a => $"- {ArtifactsFolder}/{a}").DefaultIfEmpty("- none")),
        ["known"] = string.Join('\n', lane.Record.Artifacts.Keys.Select(a => $"- {LoopMaterials.Folder}/artifacts/{a}").DefaultIfEmpty("- none yet")),
        ["decisions_file"] = $"{LoopMaterials.Folder}/{LoopMaterials.DecisionsFile(turn)}",
        ["decisions"] = Tail(LedgerText.Markdown(lane.Record.Ledger), MostFeedback),
        ["phase"] = place.Phase is null ? "This pair works on the run as a whole." : CriteriaText.Of(place.Phase),
        ["criteria"] = string.Join('\n', place.Pair.Criteria.Select(c => $"- {c.Id}: {c.Text}")),
        ["feedback"] = Tail(lane.Record.FeedbackOf(place.Folder), MostFeedback) is { Length: > 0 } text ? text : "None: this is the first cycle.",
        ["facts"] = facts.Verified switch { null => "No verification command was run for this pair.", true => $"The verification command passed: {facts.Detail}", _ => $"The verification command FAILED, so complete is impossible:\n{facts.Detail}" },
        ["review_schema"] = ReviewSchema,
        ["audit_schema"] = AuditSchema,
        ["verify_command"] = place.Verification(flow.Request) is { } verification ? string.Join("; ", verification.Nodes.Select(n => n.Command)) : "none is configured",
    });

    private static string Tail(string text, int length) => text.Length <= length ? text : "[cut]\n" + text[^length..];
}
