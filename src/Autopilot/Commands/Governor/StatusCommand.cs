using System.CommandLine;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Commands.Governor;

/// <summary><c>status</c>: what may run now, since when, by whom, and what was asked last.</summary>
internal static class StatusCommand
{
    private const int ShownHistory = 5;

    public static Command Build(Application application)
    {
        var (folder, json) = (CommonOptions.Folder(), CommonOptions.Json());
        var command = new Command("status", "Show what runs in this repository, the mode, the kill switch and what was asked of the governor last.") { folder, json };
        command.SetAction((parsed, _) => Run(application, application.FolderOr(parsed.GetValue(folder)), parsed.GetValue(json)));
        return command.WithExamples("autopilot status", "autopilot status --json");
    }

    private static async Task<int> Run(Application application, string folder, bool json)
    {
        var open = (await ListSessionsCommand.Items(application, folder)).Where(r => r.State is "running" or "interrupted" or "waiting");
        var report = await Report(new GovernorDesk(application), folder) with { Runs = [.. open] };
        if (json) application.Terminal.Json(report, GovernorCommandJson.Default.ModeReport);
        else Show(report, application.Terminal);
        return ExitCodes.Done;
    }

    private static async Task<ModeReport> Report(GovernorDesk desk, string folder)
    {
        var state = await desk.Read();
        var (level, reason, ledger) = await Ledger(desk, folder);
        return new ModeReport
        {
            Mode = GovernanceNames.Of(state.Mode),
            SetBy = GovernanceNames.Of(state.SetBy),
            SetAt = state == ModeState.Initial ? null : state.SetAt,
            TemporaryUntil = state.Until,
            Reason = state.Reason,
            UserLock = state.UserLock,
            KillSwitch = desk.KillSwitch.IsPulled,
            KillReason = desk.KillSwitch.Reason,
            KillFile = desk.Home.KillFile,
            PulledBy = desk.KillSwitch.PulledBy,
            You = GovernanceNames.Of(desk.Caller.Actor),
            Evidence = desk.Caller.Evidence,
            Home = desk.Home.Path,
            Level = Degradation.NameOf(level),
            LevelReason = reason,
            Sessions = ledger?.Open ?? [],
            Waiting = ledger?.Waiting ?? [],
            History = desk.Machine.History(ShownHistory),
            Unrecorded = desk.Machine.Unrecorded,
        };
    }

    private static async Task<(DegradationLevel Level, string Reason, LedgerReport? Report)> Ledger(GovernorDesk desk, string folder)
    {
        if (!File.Exists(desk.Home.Ledger)) return (DegradationLevel.Full, "nothing ran yet", null);
        var clock = desk.Application.Clock;
        var limits = Governing.Limits(desk.Application.Configuration(folder));
        await using var store = LedgerSchema.Open(desk.Home, clock);
        var (level, reason) = await new DegradationWatch(desk.Home, store, limits, clock).Look(desk.Application.Interrupted);
        return (level, reason, await LedgerReport.Read(store, limits, clock));
    }

    private static void Show(ModeReport report, Terminal terminal)
    {
        terminal.Result($"mode         {terminal.Paint(report.Mode == "off" ? Colour.Dim : Colour.Green, report.Mode)}");
        if (report.TemporaryUntil is { } until) terminal.Result($"until        {Time(until)}");
        if (report.SetAt is { } at) terminal.Result($"set          {Time(at)} by {report.SetBy}{(report.Reason.Length > 0 ? $" ({report.Reason})" : "")}");
        terminal.Result($"kill switch  {(report.KillSwitch ? terminal.Paint(Colour.Red, $"pulled: {report.KillReason} ({string.Join(", ", report.PulledBy)})") : "released")}");
        if (report.Evidence is { } evidence) terminal.Result($"you          {report.You} ({evidence})");
        terminal.Result($"level        {terminal.Paint(report.Level == "full" ? Colour.Green : Colour.Yellow, report.Level)} ({report.LevelReason})");
        terminal.Result($"runs         {(report.Runs.Count == 0 ? "none here" : string.Join(", ", report.Runs.GroupBy(r => r.State).Select(g => $"{g.Count()} {g.Key}")))}");
        foreach (var run in report.Runs) terminal.Result($"  {run.Id} {run.State,-11} {run.Workflow,-8} {Readable.Line(run.Title, 100)}{Hint(run)}");
        foreach (var open in report.Sessions)
            terminal.Result($"{open.Kind,-12} {open.Agent ?? "-"}{(open.Model is { } model ? $" ({model})" : "")} as {open.Role} of run {open.RunId} ({(open.Unattended ? "unattended" : "typed by a person")}), ${open.Reserved:0.00} reserved, since {Time(open.Since)}, pid {open.Pid}");
        foreach (var wait in report.Waiting) terminal.Result($"waiting      {wait.Role} of run {wait.RunId} since {Time(wait.Since)}: {wait.Reason}");
        foreach (var entry in report.History)
            terminal.Result($"  {Time(entry.Ts)} {entry.Event} {entry.From} -> {entry.To} by {entry.Actor}{Text(entry.Reason)}{(entry.Code is { } code ? $" BLOCKED: {code}" : "")}");
    }

    private static string Hint(SessionListItem run) => run switch
    {
        { State: "interrupted", Workflow: MissionWorkflow.Name } => $"  (go on: autopilot mission resume {run.Id})",
        { State: "interrupted", Workflow: TaskWorkflow.Name } => $"  (go on: autopilot resume {run.Id})",
        { State: "waiting", Workflow: MissionWorkflow.Name } => $"  (see: autopilot approvals list, then autopilot mission resume {run.Id})",
        { State: "waiting" } => "  (see: autopilot approvals)",
        { Workflow: MissionWorkflow.Name } => $"  (see: autopilot mission show {run.Id})",
        _ => "",
    };

    private static string Text(string reason) => reason.Length > 0 ? $" ({reason})" : "";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
