using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Rendering;

namespace Autopilot.Commands.Governor;

/// <summary><c>budget</c>: what was spent, is reserved and is left.</summary>
internal static class BudgetCommand
{
    public static Command Build(Application application)
    {
        var json = CommonOptions.Json();
        var command = new Command("budget", "Show what was spent, is reserved and is left.") { json };
        command.SetAction((parsed, _) => Run(application, parsed.GetValue(json)));
        return command.WithExamples("autopilot budget", "autopilot budget --json");
    }

    private static async Task<int> Run(Application application, bool json)
    {
        var limits = Governing.Limits(application.Configuration(application.Folder));
        await using var store = LedgerSchema.Open(GovernorHome.Resolve(application.Environment), application.Clock);
        var report = await LedgerReport.Read(store, limits, application.Clock);
        if (json) application.Terminal.Json(report, GovernorCommandJson.Default.LedgerReport);
        else Show(report, application.Terminal);
        return ExitCodes.Done;
    }

    private static void Show(LedgerReport report, Terminal terminal)
    {
        foreach (var cap in report.Caps)
            terminal.Result($"{cap.Name,-6} spent ${cap.Spent:0.00}  reserved ${cap.Reserved:0.00}  {(cap.Left is { } left ? $"left ${left:0.00} of ${cap.Cap:0.00}" : "no cap")}");
        Table(terminal, "by day", report.ByDay);
        Table(terminal, "by run", report.ByRun);
        Table(terminal, "by agent", report.ByAgent);
        Table(terminal, "by model", report.ByModel);
        Table(terminal, "by provider", report.ByProvider);
        Table(terminal, "by role", report.ByRole);
        foreach (var provider in report.Providers.Where(p => p.BlockedUntil is not null))
            terminal.Result($"provider {provider.Name} is {(provider.State == "closed" ? "limited" : "failing")} until {provider.BlockedUntil:u} ({provider.Reason})");
        foreach (var wait in report.Waiting) terminal.Result($"waiting: run {wait.RunId} ({wait.Role}): {wait.Reason}");
    }

    private static void Table(Terminal terminal, string title, IReadOnlyList<SpendingLine> lines)
    {
        if (lines.Count == 0) return;
        terminal.Result(terminal.Paint(Colour.Bold, title));
        var width = lines.Max(l => l.Name.Length);
        foreach (var line in lines)
        {
            var overrun = line.Overrun > 0 ? $"  overrun ${line.Overrun:0.00##}" : "";
            terminal.Result($"  {line.Name.PadRight(width)}  ${line.Spent:0.00##}  reserved ${line.Reserved:0.00}  {line.Tokens} tokens  {line.Permits} permits{overrun}");
        }
    }
}
