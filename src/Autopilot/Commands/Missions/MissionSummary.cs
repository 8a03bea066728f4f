using Autopilot.Core.Missions;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Missions;

/// <summary>The end of a mission, for a person: as much as fits a screen; the whole is in the report.</summary>
internal static class MissionSummary
{
    private const int MostNext = 5;

    /// <param name="isOver">False for a mission that goes on: then nothing is its result.</param>
    public static void Print(Terminal terminal, MissionReport report, string folder, bool isOver = true)
    {
        terminal.Result("");
        terminal.Result($"{(isOver ? terminal.Paint(ColourOf(report.Result), report.Result) : "so far")}: {report.Units.Count(u => u.Status == "landed")} of {report.Units.Count} units landed on {report.Green}{(report.Commit is null ? "" : $" ({report.Commit[..10]})")}{(report.GivenUp == 0 ? "" : $", {report.GivenUp} given up")}");
        if (report.Push is { } push) terminal.Result($"remote   {terminal.Paint(push.Missing is null ? Colour.Green : Colour.Red, Readable.Line(push.Text, 200))}");
        if (report.StopCause is not null) terminal.Result($"stopped  {report.StopCause}: {Shown(report.StopDetail ?? "")}");
        foreach (var unit in report.Units) terminal.Result(Unit(terminal, unit));
        if (report.TestsBefore is not null || report.TestsAfter is not null)
            terminal.Result($"tests    {ReportText.Tests(report.TestsBefore)} before, {ReportText.Tests(report.TestsAfter)} after");
        foreach (var flake in report.Flakes)
            terminal.Result($"flaky    {Shown(flake.Name)}: failed {flake.Failures} and passed {flake.Passes} times on the same tree");
        terminal.Result($"cost     {Readable.Cost(report.CostUsd)}{Roles(report)}");
        terminal.Result($"time     {Readable.Time(report.Duration)}, {Readable.Count(report.Epochs, "plan")}, {Readable.Count(report.Verifications, "verification")}, {Readable.Count(report.Landings.Count, "landing")}{(report.Faults > 0 ? $", {Readable.Count(report.Faults, "fault")} of provider, git or machine" : "")}");
        foreach (var (i, next) in report.Next.Take(MostNext).Index()) terminal.Result($"{(i == 0 ? "next" : "    ")}     {Readable.Plain(next)}");
        if (report.Next.Count > MostNext) terminal.Result($"         and {report.Next.Count - MostNext} more in the report");
        if (File.Exists(Path.Combine(folder, "report.md"))) terminal.Result($"report   {Path.Combine(folder, "report.md")}");
    }

    private static string Unit(Terminal terminal, UnitReport unit)
    {
        var again = unit.Setbacks.Count == 0 ? "" : $" (sent back for {string.Join(", ", unit.Setbacks.Select(s => FailureDiagnosis.NameOf(s.Kind)).Distinct())})";
        var why = unit.Status == "landed" ? again : $": {Shown(unit.Reason.Split('\n')[0])}";
        return $"  {terminal.Paint(ColourOf(unit.Status), $"{unit.Status,-9}")} {unit.Id,-4} {Shown(unit.Title)}{why}";
    }

    private static string Roles(MissionReport report) => report.CostByRole.Count == 0
        ? ""
        : $": {string.Join(", ", report.CostByRole.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {Readable.Cost(c.Value)}"))}";

    private static string Shown(string text) => Readable.Line(text, 120);

    private static Colour ColourOf(string status) => status switch
    {
        "landed" or "met" => Colour.Green,
        "abandoned" or "blocked" or "nothing" => Colour.Red,
        _ => Colour.Yellow,
    };
}
