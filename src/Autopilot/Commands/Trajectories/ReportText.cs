using System.Globalization;
using System.Text;
using Autopilot.Core.Analysis;
using Autopilot.Rendering;

namespace Autopilot.Commands.Trajectories;

/// <summary>Reports for a person.</summary>
internal static class ReportText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Session(SessionReport r)
    {
        var text = new StringBuilder();
        Line(text, "session", r.SessionId ?? "unknown");
        Line(text, "agent", $"{r.Agent ?? "unknown"}, model {r.Model ?? "unknown"}");
        Line(text, "prompt", r.PromptPreview);
        Line(text, "started", r.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Culture));
        Line(text, "status", r.Status);
        Line(text, "duration", $"{Duration(r.Performance.DurationMs)}, {r.Quality.Turns} turns, {r.Steps} steps");
        Line(text, "cost", Usd(r.Cost.TotalUsd));
        Line(text, "tokens", string.Create(Culture, $"{r.Cost.InputTokens:N0} in, {r.Cost.OutputTokens:N0} out, {r.Cost.CacheReadTokens:N0} read from the cache ({r.Cost.CacheHitRate:P1}), {r.Cost.CacheCreationTokens:N0} written to it"));
        Line(text, "tokens out by", Pairs(r.Cost.OutputTokensByStepType.Select(p => (p.Key, p.Value))));
        Line(text, "tool calls", string.Create(Culture, $"{r.Performance.ToolCalls}, {r.Errors.FailedResults} failed ({r.Errors.ErrorRate:P1}), {r.Performance.ParallelToolBatches} batches in parallel"));
        if (r.Performance.Latency is { } l)
            Line(text, "latency", string.Create(Culture, $"p50 {l.P50Ms} ms, p95 {l.P95Ms} ms, mean {l.MeanMs:F0} ms, {l.MinMs} to {l.MaxMs} ms"));
        Line(text, "errors", Pairs(r.Errors.ByKind.Select(p => (p.Key, (long)p.Value))));
        Line(text, "thinking", string.Create(Culture, $"{r.Quality.ThinkingBlocks} blocks, {r.Quality.AverageThinkingBytes:F0} bytes each"));
        Line(text, "pace", r.Activity.ActionsPerMinute is { } pace ? string.Create(Culture, $"{pace:F2} actions a minute ({r.Activity.Tier})") : "unknown");
        if (r.Activity.IssuesClaimed + r.Activity.IssuesCompleted > 0) Line(text, "issues", $"{r.Activity.IssuesClaimed} claimed, {r.Activity.IssuesCompleted} completed");
        foreach (var tool in r.Tools) Line(text, "  " + tool.Tool, string.Create(Culture, $"{tool.Calls} calls, {tool.SuccessRate:P0} succeeded"));
        return text.ToString().TrimEnd();
    }

    /// <summary>One session in one line.</summary>
    public static string Line(SessionReport r, string folder) => string.Create(Culture,
        $"{r.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {r.Status,-16} {Usd(r.Cost.TotalUsd),12}  {r.Performance.ToolCalls,5} calls {r.Errors.FailedResults,4} failed  {Path.GetRelativePath(folder, r.File)}");

    public static string Aggregate(AggregateReport r)
    {
        var text = new StringBuilder();
        Line(text, "sessions", string.Create(Culture, $"{r.Sessions}, {r.SuccessRate:P1} completed ({Pairs(r.Statuses.Select(p => (p.Key, (long)p.Value)))})"));
        if (r.FirstStart is { } first && r.LastStart is { } last) Line(text, "from", string.Create(Culture, $"{first.UtcDateTime:yyyy-MM-dd} to {last.UtcDateTime:yyyy-MM-dd}"));
        if (r.CostUnknown == r.Sessions) Line(text, "cost", "unknown");
        else Line(text, "cost", string.Create(Culture, $"{r.TotalCostUsd:F4} USD, {r.MeanCostUsd:F4} a session{(r.CostUnknown > 0 ? $"; {r.CostUnknown} sessions of unknown cost not counted" : "")}"));
        Line(text, "tokens", string.Create(Culture, $"{r.TotalInputTokens:N0} in, {r.TotalOutputTokens:N0} out, {r.TotalCacheReadTokens:N0} read from the cache, mean hit rate {r.MeanCacheHitRate:P1}"));
        Line(text, "tool calls", string.Create(Culture, $"{r.TotalToolCalls}, {r.TotalFailedResults} failed, mean error rate {r.MeanErrorRate:P2}"));
        Line(text, "mean duration", $"{Duration((long)r.MeanDurationMs)}, {r.MeanTurns.ToString("F1", Culture)} turns");
        Line(text, "failing tools", Pairs(r.TopErrorTools.Select(p => (p.Key, (long)p.Value))));
        if (r.MedianActionsPerMinute is { } pace) Line(text, "median pace", string.Create(Culture, $"{pace:F2} actions a minute"));
        foreach (var m in r.Models) Line(text, "  " + m.Model, string.Create(Culture, $"{Readable.Count(m.Sessions, "session")}, {m.SuccessRate:P0} completed, {(m.MeanCostUsd is { } usd ? $"{usd:F4} USD" : "cost unknown")}, {Duration((long)m.MeanDurationMs)} each"));
        return text.ToString().TrimEnd();
    }

    private static string Usd(decimal? cost) => cost is { } usd ? string.Create(Culture, $"{usd:F4} USD") : "unknown";

    private static string Duration(long ms) => ms < 60_000
        ? string.Create(Culture, $"{ms / 1000.0:F1} s")
        : string.Create(Culture, $"{ms / 60_000} min {ms / 1000 % 60} s");

    private static string Pairs(IEnumerable<(string Name, long Count)> pairs) => string.Join(", ", pairs.Select(p => string.Create(Culture, $"{p.Name} {p.Count:N0}")));

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0) text.AppendLine(string.Create(Culture, $"{name,-16} {value}"));
    }
}
