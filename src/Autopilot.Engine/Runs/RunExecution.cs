using Autopilot.Core.Runs;
using Autopilot.Engine.Approvals;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Runs;

/// <summary>What one execution of a run holds: its lease, its journal, and what stops it.</summary>
internal sealed class RunExecution : IAsyncDisposable
{
    private readonly RunTable runs;
    private readonly ApprovalDesk approvals;
    private readonly RunEngineOptions options;
    private readonly Journal journal;
    private readonly long fence;
    private readonly CancellationTokenSource stopping;
    private readonly ITimer renewal;
    private Exception? broken;
    private const int MostRenewals = 3;
    private int renewals;

    public RunExecution(IStore store, TimeProvider clock, RunEngineOptions options, Workflow workflow, string runId, long fence, CancellationToken stop)
    {
        runs = new RunTable(store, clock, options);
        approvals = new ApprovalDesk(store, clock, options);
        journal = new Journal(store, clock, runId, fence);
        this.options = options;
        this.fence = fence;
        Clock = clock;
        Workflow = workflow;
        RunId = runId;
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        renewal = clock.CreateTimer(_ => _ = Renew(), null, options.LeaseTime / 3, options.LeaseTime / 3);
    }

    public string RunId { get; }

    public Workflow Workflow { get; }

    public TimeProvider Clock { get; }

    public Func<string, string> Redact => options.Redact;

    public Func<string> NewId => options.NewId;

    public CancellationToken Stopping => stopping.Token;

    /// <summary>Why nothing more can be recorded: a lost lease, a full disk; null while all is well.</summary>
    public Exception? Broken => broken;

    /// <summary>The wait that unwound the workflow, if one did; it decides how the execution ends, whatever the workflow made of it.</summary>
    public RunSuspendedException? Suspension { get; private set; }

    public Task<List<StepRecord>> Load() => journal.Load();

    /// <summary>Writes to the journal. After one write has failed none is tried again: the workflow must not go on beyond what is recorded.</summary>
    public async Task Record(Func<Journal, Task> write)
    {
        if (broken is not null) throw broken;
        try
        {
            await write(journal);
        }
        catch (Exception error)
        {
            Break(error);
            throw;
        }
    }

    /// <summary>Waits inside the process or unwinds the workflow.</summary>
    public async Task Wait(string key, DateTimeOffset until)
    {
        if (!options.WaitsInProcess) throw Suspend(key, until);
        var left = until - Clock.GetUtcNow();
        // A timer takes at most 49 days.
        if (left > TimeSpan.Zero) await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), Clock, Stopping);
    }

    /// <summary>The question as a person will read it.</summary>
    public Question Put(Question question) => approvals.Worded(question);

    public async Task<Answer> AnswerTo(string key)
    {
        while (true)
        {
            var asked = await approvals.Look(RunId, key);
            if (asked.Answer is { } answer) return answer;
            if (!options.WaitsInProcess) throw Suspend(key, asked.DueAt);
            await Task.Delay(options.AnswerPoll, Clock, Stopping);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await renewal.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>Notes that the workflow is to be unwound until somebody answers or a time comes.</summary>
    public RunSuspendedException Suspend(string key, DateTimeOffset? wakeAt)
    {
        var earliest = Suspension is null ? wakeAt : Earlier(Suspension.WakeAt, wakeAt);
        return Suspension = new RunSuspendedException(key, earliest);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;

    private async Task Renew()
    {
        // A stuck store must not pile them up; one that is just ending must not make the next be left out.
        if (Interlocked.Increment(ref renewals) > MostRenewals)
        {
            Interlocked.Decrement(ref renewals);
            return;
        }

        try
        {
            if (!await runs.Renew(RunId, fence)) Break(new LeaseLostException(RunId, fence));
        }
        catch (Exception error)
        {
            Break(error);
        }
        finally
        {
            Interlocked.Decrement(ref renewals);
        }
    }

    private void Break(Exception error)
    {
        if (Interlocked.CompareExchange(ref broken, error, null) is not null) return;
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The execution ended while its lease was being renewed: there is nothing left to stop.
        }
    }
}
