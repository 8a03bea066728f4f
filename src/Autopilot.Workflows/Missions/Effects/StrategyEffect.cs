using Autopilot.Agents.Models;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Models;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Asks the strategist what the next mission should reach, with all that is known of the earlier ones.</summary>
internal sealed class StrategyEffect(MissionContext mission)
{
    private const string Key = "strategy";
    private const int MostOfTheReport = 12_000;
    private const int MostOfTheBacklog = 8_000;
    private static readonly string[] BacklogFiles = ["BACKLOG.md", "TODO.md", "ROADMAP.md"];

    private static readonly AnswerForm<StrategyAnswer> Form = AnswerForms.Of(MissionJson.Default.StrategyAnswer, StrategyAnswer.Problem);

    /// <returns>The proposal, or why there is none: what the mission has reached stands in any case.</returns>
    public async Task<Outlook> Propose(MissionReport report, CancellationToken cancellation)
    {
        var past = await mission.Parts.Past(cancellation);
        if (Cleanups.IsDue(past.Prepend(report.AsPast()), mission.Request.CleanupInterval))
            return new Outlook(Cleanups.Propose(report.TestsAfter ?? report.TestsBefore), "");
        try
        {
            return await Ask(report, past, cancellation);
        }
        catch (Exception failure) when (failure is UnreadableAnswerException or ModelFailedException or PermitRefusedException or FaultException or IOException)
        {
            return new Outlook(null, $"the strategist could not be asked: {failure.Message}");
        }
    }

    private async Task<Outlook> Ask(MissionReport report, IReadOnlyList<PastMission> past, CancellationToken cancellation)
    {
        var parts = mission.Parts;
        var workspace = await parts.Workspaces.Acquire($"{mission.RunId}/{Key}", new CommitId(report.Commit!), cancellation);
        try
        {
            var prompt = parts.Prompts.Fill("missions/strategy", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["report"] = Cut(ReportText.Markdown(report with { Timeline = [] }), MostOfTheReport),
                ["history"] = past.Count == 0 ? "None." : string.Join('\n', past.Select(Line)),
                ["backlog"] = Backlog(workspace.Folder),
                ["log"] = await parts.Log(report.Commit!, cancellation),
                ["instructions"] = parts.Instructions,
            });
            var answer = await parts.Desk.Ask(mission.Question(Key, "strategist", prompt, workspace.Folder), Form, cancellation);
            return answer.Value.NothingLeft
                ? new Outlook(null, $"the strategist sees nothing that is worth a mission: {answer.Value.Rationale}") { CostUsd = answer.CostUsd }
                : new Outlook(new Proposal(answer.Value.Objective.Trim(), answer.Value.Rationale, answer.Value.Ambition), "") { CostUsd = answer.CostUsd };
        }
        finally
        {
            await parts.Workspaces.Discard(workspace, CancellationToken.None);
        }
    }

    private static string Line(PastMission past) =>
        $"- {past.Result}{(past.StopCause is null ? "" : $" (stopped: {past.StopCause})")}, {past.Landed} of {past.Units} units landed: {MissionContext.FirstLine(past.Objective)}"
        + string.Concat(past.Left.Take(3).Select(l => $"\n  - did not land: {l}"));

    private static string Backlog(string folder) =>
        BacklogFiles.Select(f => Path.Combine(folder, f)).FirstOrDefault(File.Exists) is { } file ? Cut(File.ReadAllText(file), MostOfTheBacklog) : "None.";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "\n[cut]";
}
