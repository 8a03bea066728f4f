namespace Autopilot.Core.Runs;

/// <summary>One durable execution of a workflow, as the workflow sees it: the only way to the world is a step.</summary>
/// <remarks>
/// <para>A workflow is a plain async method that is executed again from the top on resume. A step that completed returns its
/// recorded outcome without running; a step that started and did not complete runs again, so its effect must have an
/// identity derived from <see cref="Id"/> and the step's key (<see cref="RunSteps.IdentityOf"/>), which a rerun adopts.</para>
/// <para>The code of a workflow runs one piece at a time, also between parallel steps (<c>Task.WhenAll</c> over steps), so it
/// needs no locks; the bodies of steps run in parallel. Between steps await nothing but steps: no clock, no file, no
/// <c>Task.Run</c>, no <c>ConfigureAwait(false)</c>.</para>
/// <para>On resume nothing runs before everything that was recorded has been asked for again; a record that nobody asks for is
/// a <see cref="ReplayMismatchException"/>.</para>
/// </remarks>
public interface IRun
{
    string Id { get; }

    /// <summary>The kind of workflow: task, loop, mission ...</summary>
    string Workflow { get; }

    /// <summary>Fires when anything stops the run: signal, kill switch, deadline, budget, a lost lease.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Executes the body once, however often the run is resumed.</summary>
    /// <param name="key">Names the step; unique in the run. Parallel steps need keys of their own.</param>
    /// <param name="input">What the body depends on; its hash is journaled and must not change between executions. A tuple of serialisable values will do.</param>
    /// <param name="body">The effect. It gets <see cref="Stopping"/>. Its result must be known to the workflow's JSON context; must not contain steps. When all that it could do is wait for a person, it may throw <see cref="RunSuspendedException"/>: the step runs again on resume.</param>
    /// <returns>What the journal holds: the result after serialisation, so that every execution sees the same.</returns>
    /// <exception cref="StepFailedException">The body threw. A failure that the workflow catches is history, and replay throws it again; one that ends the run is run again on resume.</exception>
    /// <exception cref="ReplayMismatchException">The recorded step had another input or kind.</exception>
    /// <exception cref="OperationCanceledException">The run is stopping; the step counts as started and runs again on resume.</exception>
    Task<T> Step<T>(string key, object? input, Func<CancellationToken, Task<T>> body);

    /// <summary>Reads the clock; replay sees what the first execution saw.</summary>
    Task<DateTimeOffset> Now(string key);

    /// <summary>A fresh id (32 hexadecimal digits); replay sees the same.</summary>
    Task<string> NewId(string key);

    /// <summary>Waits until a time, durably: a resumed run waits for what is left.</summary>
    /// <exception cref="RunSuspendedException">The run waits without a process; never catch it.</exception>
    Task SleepUntil(string key, DateTimeOffset until);

    /// <summary>Asks a person. The run may end its process while it waits; the answer is recorded once.</summary>
    /// <exception cref="RunSuspendedException">The run waits without a process; never catch it.</exception>
    Task<Answer> Ask(string key, Question question);
}
