using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;
using Autopilot.Workflows.Loops;

namespace Autopilot.Commands.Loops;

/// <summary>Executes a loop in the foreground, and tells how it stands when it ends or waits.</summary>
/// <param name="agent">Who takes over on a resume; null for the agents that the run began with.</param>
internal sealed class LoopRun(Application application, Workplace place, string? agent, string? model, bool json)
{
    private const string GoOn = "Go on.";
    private bool protects;

    private RunEngine Engine => new(place.State.Store, application.Clock, new RunEngineOptions { WaitsInProcess = false, Redact = place.Redactor.RedactJson });

    private QuestionTable Questions => new(place.State.Store, application.Clock);

    public async Task<int> Start(LoopTasks tasks, LoopTask task, LoopRequest request, CancellationToken cancellation)
    {
        await Prepare(cancellation);
        var workflow = Workflow();
        var id = await Engine.Create(workflow, request, $"loop {task.TaskId}: {Readable.Line(request.Request, 100)}", Settings());
        tasks.Add(task, id);
        application.Terminal.Note($"loop {id} of task {task.TaskId}; stop with Ctrl-C, go on with: {ResumeLine(id)}");
        return await Execute(workflow, id, task.TaskId, acceptChanges: false, cancellation);
    }

    /// <summary>Goes on with a run. A pause other than a question needs no answer but the resume itself.</summary>
    public async Task<int> Resume(string id, string taskId, string? answer, bool acceptChanges, CancellationToken cancellation)
    {
        await Prepare(cancellation);
        var run = await Engine.Get(id);
        // An answer is given to a run that goes on.
        await Engine.RequireSame(id, Settings(), acceptChanges);
        if (run is { State: RunState.Waiting, WaitingFor: { } key } && await Questions.Find(id, key) is { Answer: null })
        {
            if (answer is null && KindOf(key) == "question") return await Tell(new RunOutcome(id, RunState.Waiting, WaitingFor: key), taskId, null);
            await Questions.Give(id, key, answer ?? GoOn, "user", reason: null);
        }
        else if (answer is not null) throw new UserErrorException($"Run {id} asks nothing. Leave --answer out.");

        return await Execute(Workflow(), id, taskId, acceptChanges, cancellation);
    }

    private async Task<int> Execute(Workflow<LoopRequest, LoopResult> workflow, string id, string taskId, bool acceptChanges, CancellationToken cancellation)
    {
        var governor = place.Governing.Governor;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, governor.Stopping);
        var asked = false;
        using var stop = new LoopStop(Directory.CreateDirectory(place.State.FolderOf(id)).FullName, () =>
        {
            asked = true;
            stopping.Cancel();
        });
        var ended = await Engine.Execute(workflow, id, Settings(), acceptChanges, stopping.Token);
        if (ended.State is RunState.Stopped or RunState.Failed) application.Terminal.Note($"The loop is not at its end. Go on with: {ResumeLine(id)}");
        cancellation.ThrowIfCancellationRequested();
        if (governor.StopCause is { } cause && ended.State != RunState.Completed) throw new UserErrorException($"Stopped by the governor: {StopCauses.Explain(cause)}", ExitCodes.Refused);
        if (asked && ended.State == RunState.Stopped) return Stopped();
        RunFailedException.ThrowIfFailed(ended, place.State.FolderOf);
        return await Tell(ended, taskId, ended.State == RunState.Completed ? workflow.ResultOf(ended) : null);
    }

    private int Stopped()
    {
        application.Terminal.Note("Stopped by 'autopilot loop stop'.");
        return ExitCodes.Interrupted;
    }

    private async Task<int> Tell(RunOutcome ended, string taskId, LoopResult? result)
    {
        var kind = ended.WaitingFor is { } key ? KindOf(key) : null;
        var question = ended.WaitingFor is { } asked ? (await Questions.Find(ended.RunId, asked))?.Question.Text : null;
        var report = new LoopReport(
            ended.RunId,
            taskId,
            result switch { { Audited: true } => "met", not null => "unaudited", _ => ended.State.ToString().ToLowerInvariant() },
            kind switch { null => result is null ? ExitCodes.Failed : ExitCodes.Done, "followup" => ExitCodes.NeedsFollowUp, "failed" or "limit" => ExitCodes.Failed, _ => ExitCodes.Blocked },
            kind,
            question,
            result?.Place,
            result?.Point,
            result?.Verified,
            result?.Rounds ?? [],
            Path.GetRelativePath(place.Root, place.State.FolderOf(ended.RunId)),
            ResumeLine(ended.RunId));
        if (json) application.Terminal.Json(report, LoopReportJson.Default.LoopReport);
        else Print(report);
        return report.ExitCode;
    }

    private void Print(LoopReport report)
    {
        var terminal = application.Terminal;
        terminal.Result(report.State switch
        {
            "met" => "The intent is met.",
            "unaudited" => "The chosen pairs are done; no audit was run.",
            _ => $"The loop waits ({report.WaitsFor}).",
        });
        if (report.Question is { } question) terminal.Result(question);
        foreach (var round in report.Rounds) terminal.Result($"  {round.Id}: {round.Status}{(round.Gaps > 0 ? $", {Readable.Count(round.Gaps, "gap")}" : "")}{(round.Summary is { Length: > 0 } text ? $": {Readable.Line(text, 120)}" : "")}");
        if (report.Verified == false) terminal.Result("No verification command is configured, so nothing but the verifiers' reports stands behind this (set verify: in autopilot.yaml).");
        if (report.Place is { } at) terminal.Result($"The work is on {at}.");
        terminal.Result($"State: {report.Folder}");
        if (report.WaitsFor is { } kind) terminal.Result($"Go on with: {report.Resume}{(kind == "question" ? " --answer \"...\"" : "")}");
    }

    /// <summary>A pause is named by what it waits for.</summary>
    public static string KindOf(string key) => key[(key.LastIndexOf('/') + 1)..];

    public static string ResumeLine(string id) => $"autopilot loop --resume --run-id {id}";

    private Workflow<LoopRequest, LoopResult> Workflow() =>
        LoopWorkflow.Of((id, request) => new LoopPlace(application, place, place.Governing.Governor, agent, model, protects, (step, words) => application.Terminal.Note(words.Length == 0 ? $"  {step}" : $"  {step}  {Readable.Line(words, 140)}")).Parts(id, request));

    /// <summary>What a resume compares: what decides, and how the agents are set up.</summary>
    private RunSettings Settings() => new(
        place.Configuration.Values()
            .Where(v => v.Path == SessionKeys.Sandbox.Name || v.Path.StartsWith(VerifyKeys.Verify.Name, StringComparison.Ordinal) || v.Path.StartsWith("agents.", StringComparison.Ordinal) || v.Path.StartsWith("roles.", StringComparison.Ordinal))
            .Select(v => v.Safe(place.Redactor))
            .Concat(LoopPlace.Templates(place).Marks()));

    private async Task Prepare(CancellationToken cancellation)
    {
        place.Governing.RequireLeave("loop");
        protects = await place.Confinement.Sandbox(cancellation) is null && !Environment.IsPrivilegedProcess;
        foreach (var survivor in place.Registry.EndSurvivors())
            application.Terminal.Warn($"Ended process {survivor.Identity.Pid} that an Autopilot which was killed had left behind ({Readable.Line(survivor.StartedFor, 80)}).");
    }
}
