using System.CommandLine;
using System.Globalization;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Commands.Sessions;

/// <summary><c>autopilot session show</c></summary>
internal static class ShowSessionCommand
{
    public static Command Build(Application application)
    {
        var id = new Argument<string>("SESSION") { Description = "The id, or its beginning, or its end." };
        var folder = CommonOptions.Folder();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show one session.") { id, folder, json };
        command.SetAction((parsed, _) => Run(application, application.FolderOr(parsed.GetValue(folder)), parsed.GetRequiredValue(id), parsed.GetValue(json)));
        return command.WithExamples("autopilot session show 20261121-0731");
    }

    private static async Task<int> Run(Application application, string folder, string id, bool json)
    {
        var root = Places.RepositoryOf(folder);
        if (!SessionStore.Exists(root)) throw new UserErrorException($"No session was ever run in {root}.");
        await using var state = RepositoryState.Open(root, application.Clock);
        var engine = new RunEngine(state.Store, application.Clock);
        var run = await SessionStore.Find(engine, id);
        var detail = Detail(run, await RecordingOf(engine, run, root), application.Clock.GetUtcNow());
        if (json) application.Terminal.Json(detail, SessionJson.Default.SessionDetail);
        else Print(application.Terminal, detail);
        return ExitCodes.Done;
    }

    private static async Task<string?> RecordingOf(RunEngine engine, RunSummary run, string root)
    {
        if (run is { Workflow: TaskWorkflow.Name, State: RunState.Completed })
            return TaskResults.Reader.ResultOf(await engine.Execute(TaskResults.Reader, run.Id, RunSettings.None, acceptDrift: true, CancellationToken.None)).Recording;
        var own = Path.Combine(root, ".autopilot", "runs", run.Id, "trajectory.jsonl");
        return File.Exists(own) ? own : null;
    }

    private static SessionDetail Detail(RunSummary run, string? recording, DateTimeOffset now)
    {
        var past = recording is not null && File.Exists(recording) ? TrajectorySummary.Of(TrajectoryFile.Read(recording, new ReadReport(Path.GetFileName(recording)))) : null;
        return new SessionDetail(
            run.Id, run.Workflow, SessionStore.StateOf(run, now), run.Title, run.CreatedAt, run.UpdatedAt,
            run.Holder?.ToString(), run.Failure?.Message ?? run.StopCause ?? run.WaitingFor,
            past?.Agent, past?.Model, past?.SessionId, past?.Header?.Prompt, past?.CostUsd,
            past is null ? null : TokenReport.Of(past.Usage), past?.Outcome?.Detail, recording,
            run.Workflow == TaskWorkflow.Name ? $"autopilot resume {run.Id}" : null);
    }

    private static void Print(Terminal terminal, SessionDetail detail)
    {
        terminal.Result($"{terminal.Paint(Colour.Bold, detail.Id)}  {detail.State}");
        foreach (var (name, value) in Lines(detail))
            if (value is { Length: > 0 }) terminal.Result($"  {terminal.Paint(Colour.Dim, $"{name,-10}")} {Readable.Line(value, 300)}");
    }

    private static IEnumerable<(string Name, string? Value)> Lines(SessionDetail detail) =>
    [
        ("agent", detail.Agent),
        ("model", detail.Model),
        ("prompt", detail.Prompt ?? detail.Title),
        ("began", detail.CreatedAt.ToString("u", CultureInfo.InvariantCulture)),
        ("last", detail.UpdatedAt.ToString("u", CultureInfo.InvariantCulture)),
        ("held by", detail.Holder),
        ("reason", detail.Reason),
        ("outcome", detail.Outcome),
        ("cost", detail.Tokens is null ? null : Readable.Cost(detail.CostUsd)),
        ("tokens", detail.Tokens is { } t ? SessionSummary.Tokens(t) : null),
        ("agent's id", detail.SessionId),
        ("recording", detail.Recording),
        ("resume", detail.Resume),
    ];
}
