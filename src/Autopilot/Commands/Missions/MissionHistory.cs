using System.CommandLine;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Missions;

/// <summary><c>autopilot mission history</c></summary>
internal static class MissionHistory
{
    public static Command Build(Application application)
    {
        var (folder, json) = (CommonOptions.Folder(), CommonOptions.Json());
        var limit = new Option<int>("--limit", "-n") { Description = "How many at most.", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "What came of the missions of this repository, the newest first: outcome, units, cost, duration.") { limit, folder, json };
        command.SetAction((parsed, _) => Run(application, parsed.GetValue(folder), parsed.GetValue(limit), parsed.GetValue(json)));
        return command.WithExamples("autopilot mission history", "autopilot mission history --json | jq 'map(.cost_usd) | add'");
    }

    private static async Task<int> Run(Application application, string? folder, int limit, bool json)
    {
        await using var place = MissionDesk.Place(application, folder);
        var items = new List<MissionHistoryItem>();
        foreach (var run in (await MissionDesk.Missions(place)).Take(Math.Max(0, limit)))
        {
            var report = await MissionReplay.Report(place.Engine, run.Id);
            items.Add(new MissionHistoryItem(
                run.Id, SessionStore.StateOf(run, application.Clock.GetUtcNow()), report.Result, report.StopCause, report.Objective,
                report.Units.Count, report.Units.Count(u => u.Status == "landed"), report.CostUsd, report.Duration, report.StartedAt));
        }

        if (json) application.Terminal.Json([.. items], MissionReportJson.Default.MissionHistoryItemArray);
        else foreach (var item in items) application.Terminal.Result(Line(item, application.Terminal));
        if (items.Count == 0) application.Terminal.Note("No mission was ever run here. Begin one: autopilot mission \"OBJECTIVE\"");
        return ExitCodes.Done;
    }

    private static string Line(MissionHistoryItem item, Terminal terminal)
    {
        var outcome = item.State == "completed" ? item.StopCause is null ? item.Result : $"{item.Result} ({item.StopCause})" : item.State;
        var colour = outcome switch { "met" => Colour.Green, "nothing" or "failed" => Colour.Red, _ => Colour.Yellow };
        return $"{item.Id}  {terminal.Paint(colour, $"{outcome,-20}")} {item.Landed,3}/{item.Units,-3} {Readable.Cost(item.CostUsd),8} {Readable.Time(item.Duration),8}  {Readable.Line(item.Objective, 80)}";
    }
}
