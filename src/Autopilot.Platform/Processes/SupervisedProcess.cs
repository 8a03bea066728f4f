using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes;

/// <summary>One process under supervision: its limits, its pipes, and its end.</summary>
internal sealed class SupervisedProcess : ISupervisedProcess
{
    // After KILL only a process that hangs in the kernel is still there; the caller must not hang with it.
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastDrain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUnread = TimeSpan.FromMinutes(1);

    private readonly ProcessSpec spec;
    private readonly Keeper keeper;
    private readonly IContainment containment;
    private readonly StandardPipes pipes;
    private readonly TimeProvider clock;
    private readonly Action onEnded;
    private readonly OutputActivity activity;
    private readonly ErrorTail errors = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly TaskCompletionSource<Ending> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long startedAt;
    private int toldSurvivors;

    public SupervisedProcess(ProcessSpec spec, int pid, Keeper keeper, IContainment containment, StandardPipes pipes, TimeProvider clock, Action onEnded, CancellationToken cancellation)
    {
        this.spec = spec;
        this.keeper = keeper;
        this.containment = containment;
        this.pipes = pipes;
        this.clock = clock;
        this.onEnded = onEnded;
        Id = pid;
        activity = new OutputActivity(clock);
        startedAt = clock.GetTimestamp();
        if (containment.Tree is { } tree && spec.MaxProcesses is { } most) tree.OnSampled = count => CheckProcesses(count, most);
        Completion = Supervise(cancellation);
    }

    private sealed record Ending(ProcessEnd End, string? Reason);

    public int Id { get; }

    public long Memory => containment.Tree?.Memory ?? 0;

    public Task<ProcessExit> Completion { get; }

    private Stream Input => spec.Input is ProcessInput.PipeInput ? pipes.Input! : throw new InvalidOperationException("The process was started without an open stdin.");

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await Input.WriteAsync(bytes, cancellation);
        }
        catch (ObjectDisposedException error)
        {
            throw new IOException("The process has ended.", error);
        }
    }

    public ValueTask CompleteInput() => Input.DisposeAsync();

    public Task<ProcessExit> Stop(string reason)
    {
        End(ProcessEnd.Stopped, reason);
        return Completion;
    }

    public async ValueTask DisposeAsync()
    {
        End(ProcessEnd.Stopped, "disposed");
        await ((Task)Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A bomb goes on while it is asked to end: what breaks this limit is killed at once.
    private void CheckProcesses(int count, int most)
    {
        if (count <= most) return;
        End(ProcessEnd.Stopped, $"had {count} processes, the limit is {most}");
        containment.Kill();
    }

    private void End(ProcessEnd end, string reason)
    {
        if (!keeper.Ended.IsCompleted) ending.TrySetResult(new(end, reason));
    }

    private async Task<ProcessExit> Supervise(CancellationToken cancellation)
    {
        await using var limits = new LimitTimers(spec, SinceActivity, clock, End);
        await using var stop = cancellation.Register(() => End(ProcessEnd.Cancelled, "cancelled"));
        var pumps = Task.WhenAll(Pump(pipes.Output, spec.OnOutput), Pump(pipes.Error, OnError), Feed());
        try
        {
            await Task.WhenAny(keeper.Ended, ending.Task);
            var by = ending.Task.IsCompleted ? await ending.Task : new Ending(ProcessEnd.ByItself, null);
            if (!keeper.Ended.IsCompleted) await EndGracefully();
            await HasEnded(Task.WhenAny(pumps, ending.Task), by.End == ProcessEnd.ByItself ? spec.DrainLimit : TimeSpan.Zero);
            var survivors = keeper.Ended.IsCompleted ? await EndRest() : 0;
            var isDrained = await Drain(pumps);
            await pumps;
            return Observed(by, survivors, !isDrained);
        }
        finally
        {
            onEnded();
            containment.Dispose();
            await pipes.DisposeAsync();
            abandoned.Dispose();
        }
    }

    // What waits to be read counts as a sign of life too, however late a busy machine gets round to reading it.
    private TimeSpan SinceActivity() => pipes.HoldUnread ? TimeSpan.Zero : activity.Silence;

    private async Task EndGracefully()
    {
        TreeSignal.Terminate(keeper, containment.Tree, spec.Wrappers);
        if (await HasEnded(keeper.Ended, spec.Grace)) return;
        containment.Kill();
        keeper.SignalGroup(Signals.Kill);
        await HasEnded(keeper.Ended, DeathLimit);
    }

    // On a thread of its own where it waits for processes to die: it must not keep the pool from reading what others write.
    private Task<int> EndRest() => containment.Tree is null
        ? Task.FromResult(containment.EndRest())
        : Task.Factory.StartNew(containment.EndRest, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task<bool> HasEnded(Task task, TimeSpan limit)
    {
        if (task.IsCompleted) return true;
        using var timer = new CancellationTokenSource(limit, clock);
        var timeout = new TaskCompletionSource();
        await using var registration = timer.Token.Register(timeout.SetResult);
        return await Task.WhenAny(task, timeout.Task) == task;
    }

    /// <summary>Waits for the ends of the pipes while anything still comes from them or is being read; then gives them up.</summary>
    private async Task<bool> Drain(Task pumps)
    {
        var began = clock.GetTimestamp();
        while (!await HasEnded(pumps, LastDrain))
        {
            // What has come already is read as soon as a busy machine gets round to it.
            var isUnread = pipes.HoldUnread && clock.GetElapsedTime(began) < LongestUnread;
            if (isUnread || activity.Silence < LastDrain) continue;
            await abandoned.CancelAsync();
            return false;
        }
        return true;
    }

    private async Task Pump(Stream pipe, Func<OutputLine, ValueTask>? onLine)
    {
        try
        {
            await new LinePump(pipe, spec.MaxLineBytes, onLine, activity).Run(abandoned.Token);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            // Reported as PipeAbandoned.
        }
        catch (Exception e)
        {
            End(ProcessEnd.Stopped, $"its reader failed: {e.Message}");
            throw;
        }
    }

    private ValueTask OnError(OutputLine line)
    {
        if (spec.ToldSurvivors?.Invoke(line) is { } told)
        {
            toldSurvivors = told.Count;
            if (told.Other.Length == 0) return ValueTask.CompletedTask;
            line = told.Other;
        }

        errors.Add(line);
        return spec.OnError?.Invoke(line) ?? ValueTask.CompletedTask;
    }

    private async Task Feed()
    {
        if (spec.Input is not ProcessInput.BytesInput input) return;
        try
        {
            await pipes.Input!.WriteAsync(input.Bytes, abandoned.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It closed its stdin or ended without reading all: its right, and its exit tells the rest.
        }
        await pipes.Input!.DisposeAsync();
    }

    private ProcessExit Observed(Ending by, int survivors, bool isAbandoned)
    {
        var status = keeper.Ended.IsCompletedSuccessfully ? keeper.EndedStatus : null;
        return new ProcessExit
        {
            Code = status?.Code,
            Signal = status?.Signal,
            End = by.End,
            Reason = keeper.Ended.IsCompleted ? by.Reason : $"{by.Reason}; it hangs in the kernel and could not be killed",
            Duration = clock.GetElapsedTime(startedAt),
            CpuTime = status?.CpuTime,
            PeakMemory = Math.Max(containment.Tree?.PeakMemory ?? 0, status?.PeakBytes ?? 0) is > 0 and var peak ? peak : null,
            Survivors = Math.Max(survivors, toldSurvivors),
            PipeAbandoned = isAbandoned,
            ErrorTail = errors.Lines,
        };
    }
}
