using Autopilot.Agents.Translation;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Supervision;

/// <summary>One running session: lines in, events out, limits watched on the way.</summary>
internal sealed class SessionProcess(ITranslator translator, SessionFacts facts, AgentRequest request, SessionWatch watch, RefusalWatch? refusals, Func<AgentEvent, ValueTask> observe) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1); // stdout and stderr come from two readers
    private readonly List<AgentEvent> pending = [];
    private readonly FileContents contents = new(request.Workspace);
    private readonly TaskCompletionSource<ISupervisedProcess> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock reports = new();
    private ISupervisedProcess? running;
    private Task stopping = Task.CompletedTask;
    private Task reported = Task.CompletedTask;
    private Exception? observerFailure;

    /// <summary>Which limit made us stop it.</summary>
    public EndCause StopCause { get; private set; }

    /// <summary>Whether refusals of a sandbox are noted.</summary>
    public bool IsWatched => refusals is not null;

    /// <summary>Notes in the recording what was refused out here; from any thread.</summary>
    public void Refused(string what)
    {
        lock (reports)
            if (refusals?.Told(what) is { } note) reported = Report(reported, note);
    }

    /// <summary>Resident memory of its processes, in bytes, as last sampled.</summary>
    public long Memory => Volatile.Read(ref running)?.Memory ?? 0;

    /// <summary>Ends it; the first cause counts.</summary>
    public void Stop(EndCause cause, string reason)
    {
        lock (reports)
        {
            if (StopCause != EndCause.ByItself) return;
            StopCause = cause;
        }

        // Not awaited here: the process ends only when its last lines have been read, and this is their reader.
        stopping = StopWhenStarted(reason);
    }

    public async Task<ProcessExit> Run(IProcessSupervisor supervisor, SandboxCell cell, CancellationToken cancellation)
    {
        await using var process = await supervisor.Start(cell.Spec with { OnOutput = OnOutput, OnError = OnError }, cancellation);
        Volatile.Write(ref running, process);
        started.SetResult(process);
        var exit = await process.Completion;
        await stopping;
        await cell.DisposeAsync();
        await reported;
        await Deliver(events => translator.End(events));
        if (refusals?.Rest() is { } rest) await Deliver(events => events.Add(rest));
        if (exit.Reason is { } reason && exit.End == ProcessEnd.Stopped && StopCause is EndCause.ByItself or EndCause.Disk or EndCause.Memory) await Deliver(events => events.Add(new AgentStatus($"ended: {reason}")));
        if (exit.Survivors > 0) await Deliver(events => events.Add(new AgentStatus($"ended with it: {exit.Survivors} process{(exit.Survivors == 1 ? "" : "es")} that it left behind")));
        if (observerFailure is UserErrorException clear) throw new UserErrorException(clear.Message, clear.ExitCode, clear);
        if (observerFailure is not null) throw new InvalidOperationException("The session could not be recorded.", observerFailure);
        return exit;
    }

    /// <summary>Adds what the workspace shows to what the agent told, so that the recording has every file as it ended.</summary>
    public async Task Settle(IReadOnlyList<FileDifference> changes)
    {
        foreach (var change in changes)
            if (contents.Unseen(change) is { } final) await observe(final);
    }

    public ValueTask DisposeAsync()
    {
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask OnOutput(OutputLine line) => Deliver(events => translator.Output(line.Bytes, line.Length, events), line.MoreFollow);

    private ValueTask OnError(OutputLine line) => Deliver(events => translator.Error(line.ToString(), events), line.MoreFollow);

    private async Task Report(Task before, AgentStatus note)
    {
        await before;
        await Task.Yield(); // who told waits
        await Deliver(events => events.Add(note));
    }

    private async ValueTask Deliver(Action<ICollection<AgentEvent>> translate, bool moreFollow = false)
    {
        await gate.WaitAsync();
        try
        {
            request.MoreFollow?.Invoke(moreFollow);
            translate(pending);
            foreach (var value in pending) await Handle(contents.Complete(value));
        }
        catch (Exception e) when (observerFailure is null)
        {
            // What cannot be recorded must not go on unseen.
            observerFailure = e;
            Stop(EndCause.Cancelled, "the recording failed");
        }
        finally
        {
            pending.Clear();
            gate.Release();
        }
    }

    private async ValueTask Handle(AgentEvent value)
    {
        facts.Add(value);
        if (observerFailure is null) await observe(value);
        if (observerFailure is null && refusals?.Seen(value) is { } refused) await observe(refused);
        if (watch.Exceeded(facts) is { } limit) Stop(limit, $"limit reached: {limit}");
    }

    private async Task StopWhenStarted(string reason) => await (await started.Task).Stop(reason);
}
