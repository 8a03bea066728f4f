using System.Globalization;
using Autopilot.Core;
using Autopilot.Core.Runs;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Runs;

/// <summary>Records, executes, resumes and lists runs.</summary>
/// <param name="store">Opened with <see cref="RunSchema.Tables"/>.</param>
public sealed class RunEngine(IStore store, TimeProvider clock, RunEngineOptions? engineOptions = null)
{
    private readonly RunEngineOptions options = engineOptions ?? new RunEngineOptions();

    private RunTable Runs => new(store, clock, options);

    /// <summary>Records a run without beginning it.</summary>
    /// <param name="title">For lists; one line.</param>
    /// <param name="settings">The configuration it depends on; a resume compares.</param>
    /// <param name="name">What only one run of the store may be; null for nothing. A run that has it already is found, and none is recorded, whoever else does the same at the same time.</param>
    /// <returns>Its id: the time in UTC and six random digits, such as <c>20260121-091500-3fa9c1</c>.</returns>
    public async Task<string> Create<TInput, TResult>(Workflow<TInput, TResult> workflow, TInput input, string title, RunSettings settings, string? name = null)
    {
        var id = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + options.NewId()[..6];
        return await Runs.Insert(id, workflow.Name, options.Redact(title), options.Redact(workflow.Values.Write(input)), settings, name);
    }

    /// <summary>Records a run and executes it.</summary>
    /// <inheritdoc cref="Execute"/>
    public async Task<RunOutcome> Start<TInput, TResult>(
        Workflow<TInput, TResult> workflow, TInput input, string title, RunSettings settings, CancellationToken stop) =>
        await Execute(workflow, await Create(workflow, input, title, settings), settings, acceptDrift: false, stop);

    /// <summary>Begins or resumes a run and executes it until it completes, fails, stops or waits. A completed run gives its recorded outcome.</summary>
    /// <param name="acceptDrift">True to go on although the settings are not those the run began with; these replace them.</param>
    /// <param name="stop">Stops the run: its steps are cancelled, and it can be resumed.</param>
    /// <exception cref="UserErrorException">There is no such run, another process executes it, its settings have changed, or the store fails.</exception>
    /// <exception cref="ReplayMismatchException">The workflow no longer matches what was recorded; nothing was run.</exception>
    /// <exception cref="LeaseLostException">Another process took the run over meanwhile.</exception>
    public async Task<RunOutcome> Execute(Workflow workflow, string id, RunSettings settings, bool acceptDrift, CancellationToken stop)
    {
        var run = await Runs.Get(id);
        if (run.Workflow != workflow.Name) throw new UserErrorException($"Run {id} is a {run.Workflow}, not a {workflow.Name}.");
        if (run.State == RunState.Completed) return new RunOutcome(id, RunState.Completed, await Runs.ResultOf(id));
        var (input, drift) = await Compare(id, settings, acceptDrift);
        var fence = await Runs.Acquire(id);
        await using var execution = new RunExecution(store, clock, options, workflow, id, fence, stop);
        if (drift.Count > 0) await Runs.AcceptSettings(id, fence, settings, drift);
        return await ExecuteHeld(execution, input);
    }

    /// <summary>Refuses what <see cref="Execute"/> would refuse because the settings have changed, before anything is done for it.</summary>
    /// <exception cref="UserErrorException">There is no such run, or its settings have changed.</exception>
    public async Task RequireSame(string id, RunSettings settings, bool acceptDrift)
    {
        if ((await Runs.Get(id)).State != RunState.Completed) await Compare(id, settings, acceptDrift);
    }

    /// <returns>The id of the run that was recorded with a name; null when there is none.</returns>
    public Task<string?> Named(string name) => Runs.Named(name);

    /// <summary>All runs, the newest first.</summary>
    public async Task<IReadOnlyList<RunSummary>> List() => await Runs.List();

    /// <exception cref="UserErrorException">There is no such run.</exception>
    public Task<RunSummary> Get(string id) => Runs.Get(id);

    /// <summary>The steps of a run, in the order in which they were asked for.</summary>
    public async Task<IReadOnlyList<StepRecord>> Steps(string id) => await new Journal(store, clock, id, fence: 0).Load();

    /// <summary>What a run was given, as JSON.</summary>
    /// <exception cref="UserErrorException">There is no such run.</exception>
    public async Task<string> InputOf(string id) => (await Runs.Begin((await Runs.Get(id)).Id)).Input;

    /// <summary>Waiting runs that can go on: their time has come or their question is answered.</summary>
    public async Task<IReadOnlyList<string>> Due() => await Runs.Due();

    private async Task<(string Input, IReadOnlyList<string> Drift)> Compare(string id, RunSettings settings, bool acceptDrift)
    {
        var (input, recorded) = await Runs.Begin(id);
        var drift = settings.DifferencesFrom(recorded);
        return drift.Count == 0 || acceptDrift ? (input, drift) : throw Drifted(id, drift);
    }

    private async Task<RunOutcome> ExecuteHeld(RunExecution execution, string input)
    {
        while (true)
        {
            var run = new DurableRun(execution, await execution.Load());
            var (result, error) = await Try(run, input);
            result = result is null ? null : options.Redact(result);
            if (execution.Broken is { } broken) throw broken;
            if (error is ReplayMismatchException) return await Mismatched(execution, error);
            if (execution.Suspension is { } wait) return await End(execution, new(execution.RunId, RunState.Waiting, WaitingFor: wait.WaitingFor, WakeAt: wait.WakeAt));
            if (error is null) return await End(execution, new(execution.RunId, RunState.Completed, result));
            if (execution.Stopping.IsCancellationRequested) return await End(execution, new(execution.RunId, RunState.Stopped, StopCause: options.Redact(error.Message)));

            // The process died between the failure of a step and the end of the run that it caused: go on as if it had not.
            var unrun = run.CausesOf(error, onlyReplayed: true);
            if (unrun.Count == 0) return await End(execution, new(execution.RunId, RunState.Failed, Failure: FailureOf(error)) { Error = error }, run.CausesOf(error));
            await execution.Record(journal => journal.Reopen(unrun));
        }
    }

    private StepFailure FailureOf(Exception error)
    {
        var failure = StepFailure.Of(error);
        return failure with { Message = options.Redact(failure.Message) };
    }

    private static async Task<(string? Result, Exception? Error)> Try(DurableRun run, string input)
    {
        try
        {
            return (await run.Execute(input), null);
        }
        catch (Exception error)
        {
            return (null, error);
        }
    }

    private static async Task<RunOutcome> Mismatched(RunExecution execution, Exception mismatch)
    {
        await End(execution, new(execution.RunId, RunState.Stopped, StopCause: mismatch.Message));
        throw mismatch;
    }

    private static async Task<RunOutcome> End(RunExecution execution, RunOutcome outcome, IReadOnlyCollection<int>? reopened = null)
    {
        await execution.Record(journal => journal.Ended(outcome, reopened ?? []));
        return outcome;
    }

    private static UserErrorException Drifted(string id, IReadOnlyList<string> drift) => new(
        $"The configuration has changed since run {id} began:\n  {string.Join("\n  ", drift)}\nResume with --accept-changes to go on with the new values, or change them back.");
}
