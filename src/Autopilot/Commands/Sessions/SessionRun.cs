using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;
using Autopilot.Rendering.Sessions;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Commands.Sessions;

/// <summary>Executes a task in the foreground: shows it while it goes, and tells how it ended.</summary>
internal sealed class SessionRun(Application application, Workplace place, SessionShow show)
{
    private readonly LiveView view = new(application.Terminal, place.Redactor, application.Clock, show.Verbose);

    /// <summary>Records a new run and executes it.</summary>
    public async Task<int> Start(TaskRequest request, TaskDirections directions, CancellationToken cancellation)
    {
        place.Governing.RequireLeave("run");
        await place.Confinement.Sandbox(cancellation);
        EndSurvivors();
        var workflow = Workflow(directions);
        var title = $"{request.Agent}: {Readable.Line(request.Prompt, 100)}";
        var id = await place.Engine.Create(workflow, request, title, Settings(request.Agent));
        return await Execute(workflow, id, request.Agent, acceptChanges: false, cancellation);
    }

    /// <summary>Goes on with a run that was interrupted, stopped, or failed.</summary>
    public async Task<int> Resume(string id, string agent, TaskDirections directions, bool acceptChanges, CancellationToken cancellation)
    {
        place.Governing.RequireLeave("resume");
        await place.Confinement.Sandbox(cancellation);
        EndSurvivors();
        return await Execute(Workflow(directions), id, agent, acceptChanges, cancellation);
    }

    private async Task<int> Execute(Workflow<TaskRequest, TaskResult> workflow, string id, string agent, bool acceptChanges, CancellationToken cancellation)
    {
        var governor = place.Governing.Governor;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, governor.Stopping);
        var ended = await place.Engine.Execute(workflow, id, Settings(agent), acceptChanges, stopping.Token);
        var result = ended.State == RunState.Completed ? workflow.ResultOf(ended) : null;
        if ((result?.Outcome ?? view.Outcome) is { } outcome) Tell(id, agent, ended, outcome, result);
        cancellation.ThrowIfCancellationRequested();
        if (governor.StopCause is { } cause && result is null)
            throw new UserErrorException($"Stopped by the governor: {StopCauses.Explain(cause)} Go on with 'autopilot resume {id}' when it allows.", ExitCodes.Refused);
        RunFailedException.ThrowIfFailed(ended, place.State.FolderOf);
        return result is null ? ExitCodes.Failed : SessionVerdict.ExitCode(result.Outcome);
    }

    private void Tell(string id, string agent, RunOutcome ended, AgentOutcome outcome, TaskResult? result)
    {
        var report = Report(id, agent, ended, outcome, result);
        if (show.Json) application.Terminal.Json(report, SessionJson.Default.SessionReport);
        else SessionSummary.Print(application.Terminal, report, outcome);
        if (outcome.Failure == FailureKind.SessionLost)
            application.Terminal.Note($"The agent no longer has this session. Begin a fresh one with what is known of it: autopilot resume {id} --fresh");
    }

    private SessionReport Report(string id, string agent, RunOutcome ended, AgentOutcome outcome, TaskResult? result) => new(
        id,
        ended.State.ToString().ToLowerInvariant(),
        outcome.Kind.ToString().ToLowerInvariant(),
        outcome.Failure.ToString(),
        outcome.Limit.ToString().ToLowerInvariant(),
        place.Redactor.Redact(outcome.Detail),
        application.Interruption?.ExitCode ?? SessionVerdict.ExitCode(outcome),
        result?.Agent ?? view.Agent ?? agent,
        outcome.Model,
        outcome.SessionId,
        outcome.CostUsd,
        outcome.CostBasis,
        TokenReport.Of(outcome.Usage),
        outcome.Turns,
        outcome.ToolCalls,
        Math.Round(outcome.Duration.TotalSeconds, 3),
        outcome.FilesChanged,
        result?.Branch,
        result?.Recording ?? view.Recording,
        outcome.FinalText is { } text ? place.Redactor.Redact(text) : null,
        outcome.RetryAt,
        $"autopilot resume {id}{CommandOf(agent)}");

    /// <summary>An executable that only the command line named has to be named again, in a form that a shell takes as it stands.</summary>
    private string CommandOf(string agent)
    {
        if (agent != "command" || place.Configuration.Get(AgentKeys.Agents)!.ContainsKey(agent)) return "";
        var words = place.Agents.Settings(agent).Command.Select(word => word.Length == 0 || word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word);
        return $" --command '{place.Redactor.Redact(string.Join(' ', words)).Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private Workflow<TaskRequest, TaskResult> Workflow(TaskDirections directions) => TaskWorkflow.Of(new TaskParts
    {
        Agents = place.Agents.Get,
        Governor = place.Governing.Governor,
        Redactor = place.Redactor,
        Clock = application.Clock,
        RunFolder = place.State.FolderOf,
        Isolation = place.Isolation,
        Git = place.IsRepository ? place.Git : null,
        Observer = view,
        StopCause = () => application.StopCause ?? place.Governing.Governor.StopCause,
        Version = ProductVersion.Text,
        Directions = directions,
    });

    /// <summary>What a resume compares: how the agent is set up. Limits may change between the parts of a session.</summary>
    private RunSettings Settings(string agent) => new(
        place.Configuration.Values()
            .Where(v => v.Path == SessionKeys.Sandbox.Name || v.Path.StartsWith($"agents.{agent}.", StringComparison.Ordinal))
            .Select(v => v.Safe(place.Redactor)));

    private void EndSurvivors()
    {
        foreach (var survivor in place.Registry.EndSurvivors())
            application.Terminal.Warn($"Ended process {survivor.Identity.Pid} that an Autopilot which was killed had left behind ({Readable.Line(survivor.StartedFor, 80)}).");
    }
}
