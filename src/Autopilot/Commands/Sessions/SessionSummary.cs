using Autopilot.Core.Agents;
using Autopilot.Rendering;

namespace Autopilot.Commands.Sessions;

/// <summary>The summary at the end of a session, as text.</summary>
internal static class SessionSummary
{
    private const int ShownFiles = 12;

    public static void Print(Terminal terminal, SessionReport report, AgentOutcome outcome)
    {
        var colour = outcome.Kind == OutcomeKind.Completed ? Colour.Green : Colour.Red;
        terminal.Result($"{terminal.Paint(colour, SessionVerdict.Headline(outcome))}: {Readable.Line(report.Detail, 400)}");
        Line(terminal, "files", Files(report.FilesChanged));
        if (report.Branch is not null) Line(terminal, "branch", report.Branch);
        Line(terminal, "cost", report.CostUsd is null ? "unknown" : $"{Readable.Cost(report.CostUsd)} ({report.CostBasis})");
        Line(terminal, "tokens", Tokens(report.Tokens));
        Line(terminal, "time", $"{Readable.Span(outcome.Duration)}, {Readable.Count(report.Turns, "turn")}, {Readable.Count(report.ToolCalls, "tool call")}");
        if (report.Recording is not null) Line(terminal, "recording", report.Recording);
        if (report.Resume is not null) Line(terminal, "resume", report.Resume);
    }

    private static void Line(Terminal terminal, string name, string text) => terminal.Result($"  {terminal.Paint(Colour.Dim, $"{name,-10}")} {text}");

    /// <summary>An agent that reports no usage used some all the same.</summary>
    public static string Tokens(TokenReport tokens) => tokens is { Input: 0, Output: 0, CacheRead: 0 }
        ? "not reported"
        : $"{Readable.Count(tokens.Input)} in, {Readable.Count(tokens.Output)} out, {Readable.Count(tokens.CacheRead)} cached";

    private static string Files(IReadOnlyList<string>? files) => files switch
    {
        null => "not observed",
        [] => "none changed",
        _ => $"{files.Count} changed: {string.Join(", ", files.Take(ShownFiles).Select(f => Readable.Line(f, 200)))}{(files.Count > ShownFiles ? $" and {files.Count - ShownFiles} more" : "")}",
    };
}
