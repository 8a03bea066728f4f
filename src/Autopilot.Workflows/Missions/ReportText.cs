using System.Globalization;
using System.Text;
using Autopilot.Core.Missions;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Missions;

/// <summary>A mission's report to be read.</summary>
public static class ReportText
{
    private const int MostOfTheTimeline = 300;

    public static string Markdown(MissionReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# Mission {report.RunId}: {report.Result}\n\n{report.Objective}\n");
        if (report.StopCause is not null) Line(text, $"Stopped: {report.StopCause} ({report.StopDetail})\n");
        Line(text, $"- green: `{report.Green}` at {report.Commit ?? "(never verified)"}, from {report.Base}");
        if (report.Push is { } push) Line(text, $"- {push.Text}");
        Line(text, $"- units: {report.Units.Count(u => u.Status == "landed")} of {report.Units.Count} landed{(report.GivenUp == 0 ? "" : $", {report.GivenUp} given up")}, in {report.Landings.Count} landings and {report.Epochs} plans");
        Line(text, $"- tests: {Tests(report.TestsBefore)} before, {Tests(report.TestsAfter)} after; {report.Verifications} verifications");
        Line(text, $"- cost: {Usd(report.CostUsd)}{(report.CostByRole.Count > 0 ? $" ({string.Join(", ", report.CostByRole.Select(c => $"{c.Key} {Usd(c.Value)}"))})" : "")}");
        Line(text, $"- began {report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, took {report.Duration:d\\.hh\\:mm\\:ss}{(report.Waited > TimeSpan.Zero ? $", {report.Waited:d\\.hh\\:mm\\:ss} of it waiting" : "")}; {report.Faults} faults of provider, git or machine");
        Section(text, "What to look at next", report.Next);
        Section(text, "What landed", report.Landings.Select(l => $"{l.At.UtcDateTime:HH:mm:ss} `{l.Commit}`: {(l.TakesIn is { } upstream ? $"what was on the remote at {Short(upstream)}" : l.Units.Count == 0 ? "the repair of the red base" : string.Join(", ", l.Units.Select(u => Titled(report, u))))}"));
        Units(text, report);
        Section(text, "What sent units back", report.Units.SelectMany(u => u.Setbacks.Select(s => $"{u.Id}, attempt {s.Attempt}, {FailureDiagnosis.NameOf(s.Kind)}: {FirstLine(s.Why)}")));
        Section(text, "What workers said that they found", report.Units.Where(u => u.Learned.Length > 0).Select(u => $"{u.Id}: {FirstLine(u.Learned)}"));
        Section(text, "Flaky tests", report.Flakes.Select(f => $"{f.Name}: failed {f.Failures} and passed {f.Passes} times; {string.Join(", ", f.Attempts.Select(a => $"`{Short(a.Tree)}` attempt {a.Attempt} {(a.Passed ? "passed" : "failed")}"))}"));
        Timeline(text, report);
        return text.ToString();
    }

    /// <summary>Counts in words; unknown is said to be unknown.</summary>
    public static string Tests(TestCounts? counts) => counts switch
    {
        null => "unknown",
        { Failed: 0, Skipped: 0 } => $"{counts.Passed} passed",
        _ => $"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped",
    };

    private static void Units(StringBuilder text, MissionReport report)
    {
        if (report.Units.Count == 0) return;
        Line(text, $"\n## Units\n\n| unit | status | attempts | cost | worked | title | why |\n|---|---|---|---|---|---|---|");
        foreach (var unit in report.Units)
            Line(text, $"| {unit.Id} | {unit.Status} | {unit.Attempts} | {Usd(unit.CostUsd)} | {unit.Worked:hh\\:mm\\:ss} | {Cell(unit.Title)} | {Cell(FirstLine(unit.Reason))} |");
    }

    private static void Timeline(StringBuilder text, MissionReport report)
    {
        var left = Math.Max(0, report.Timeline.Count - MostOfTheTimeline);
        var shown = report.Timeline.Skip(left).Select(e => $"{e.At.UtcDateTime:HH:mm:ss} {e.Verb}: {FirstLine(e.Text)}");
        Section(text, "Time line", left > 0 ? shown.Prepend($"({left} earlier entries are in report.json)") : shown);
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var list = lines.ToList();
        if (list.Count == 0) return;
        Line(text, $"\n## {title}\n");
        foreach (var line in list) text.Append("- ").Append(line).Append('\n');
    }

    private static string Titled(MissionReport report, string unit) => $"{unit} {report.Units.First(u => u.Id == unit).Title}";

    private static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    private static string Short(string commit) => commit.Length <= 10 ? commit : commit[..10];

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
