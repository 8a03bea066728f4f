using System.Globalization;
using System.Text;
using Autopilot.Core.Analysis;

namespace Autopilot.Commands.Trajectories;

/// <summary>A comparison as a table of four columns.</summary>
internal static class ComparisonText
{
    public static string Of(ComparisonReport report)
    {
        var text = new StringBuilder();
        Row(text, "", "A", "B", "B - A");
        Row(text, "session", Short(report.A.SessionId), Short(report.B.SessionId), "");
        Row(text, "model", report.A.Model, report.B.Model, "");
        Row(text, "started", Time(report.A.StartedAt), Time(report.B.StartedAt), "");
        Row(text, "status", report.A.Status, report.B.Status, "");
        Row(text, "prompt", Cut(report.A.PromptPreview), Cut(report.B.PromptPreview), "");
        Row(text, "cost (USD)", Usd(report.CostUsd.A), Usd(report.CostUsd.B), report.CostUsd.Change is { } c ? c.ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture) : "");
        Row(text, "tokens in", report.InputTokens);
        Row(text, "tokens out", report.OutputTokens);
        Row(text, "cache reads", report.CacheReadTokens);
        Row(text, "duration (ms)", report.DurationMs);
        Row(text, "turns", report.Turns);
        Row(text, "steps", report.Steps);
        Row(text, "failed results", report.FailedResults);
        foreach (var (type, difference) in report.StepTypes) Row(text, "step " + type, difference);
        foreach (var (tool, difference) in report.Tools) Row(text, "calls " + tool, difference);
        return text.ToString().TrimEnd();
    }

    private static void Row(StringBuilder text, string name, Difference<long> d) =>
        Row(text, name, d.A.ToString("N0", CultureInfo.InvariantCulture), d.B.ToString("N0", CultureInfo.InvariantCulture), d.Change.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture));

    private static void Row(StringBuilder text, string name, string? a, string? b, string change) =>
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {a ?? "-",-28} {b ?? "-",-28} {change}").TrimEnd());

    private static string? Short(string? id) => id is { Length: > 28 } ? id[..28] : id;

    private static string Cut(string prompt) => Core.Trajectories.TextCut.Characters(prompt, 28);

    private static string Usd(decimal? cost) => cost is { } usd ? usd.ToString("F4", CultureInfo.InvariantCulture) : "unknown";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
