using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace Autopilot.Platform.Sql;

/// <summary>The one writer: takes all jobs that wait, runs them in one transaction, and tells each caller once that is durable.</summary>
internal sealed class GroupCommitter : IAsyncDisposable
{
    /// <summary>Bounds how long the first job of a batch can be held up by those behind it.</summary>
    private const int LargestBatch = 512;

    /// <summary>How long another process may keep everybody waiting when there is no time.</summary>
    private static readonly TimeSpan PatienceInHurry = TimeSpan.FromSeconds(2);

    private readonly Channel<WriteJob> queue = Channel.CreateUnbounded<WriteJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqlSession session;
    private readonly SqlDialect dialect;
    private readonly Task loop;
    private long hurriedAt;
    private long? lockedSince;

    public GroupCommitter(SqlSession session, SqlDialect dialect)
    {
        this.session = session;
        this.dialect = dialect;
        loop = Task.Run(Loop);
    }

    public void Enqueue(WriteJob job)
    {
        if (!queue.Writer.TryWrite(job)) job.Fail(new ObjectDisposedException(nameof(Store)));
    }

    /// <summary>See <see cref="Store.Hurry"/>.</summary>
    public void Hurry() => Interlocked.CompareExchange(ref hurriedAt, Stopwatch.GetTimestamp(), 0);

    /// <summary>Finishes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private async Task Loop()
    {
        var batch = new List<WriteJob>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var job)) batch.Add(job);
            Commit(batch);
        }
    }

    private void Commit(List<WriteJob> batch)
    {
        try
        {
            if (!Begin(batch)) return;
            foreach (var job in batch) RunAlone(job, batch.Count == 1);
            if (!dialect.HasRolledBack(session.Connection)) session.Execute("COMMIT");
        }
        catch (Exception error)
        {
            Undo(batch, error);
            return;
        }

        foreach (var job in batch) job.Complete();
    }

    /// <summary>Waits for the transactions of other processes, and lets go whoever gives up meanwhile.</summary>
    /// <returns>False when nobody is left.</returns>
    private bool Begin(List<WriteJob> batch)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            batch.RemoveAll(IsUnwanted);
            if (batch.Count == 0) return false;
            if (dialect.TryBeginWrite(session.Connection) is not { } locked)
            {
                lockedSince = null;
                return true;
            }

            lockedSince ??= start;
            if (Stopwatch.GetElapsedTime(start) >= dialect.Patience || IsLockedTooLong(lockedSince.Value)) throw locked;
        }
    }

    // Not for each batch anew: what is booked at the end comes one after the other.
    private bool IsLockedTooLong(long since) =>
        Interlocked.Read(ref hurriedAt) is > 0 and var hurried && Stopwatch.GetElapsedTime(Math.Max(since, hurried)) >= PatienceInHurry;

    private static bool IsUnwanted(WriteJob job)
    {
        if (job.IsWanted) return false;
        job.Cancel();
        return true;
    }

    /// <summary>Runs a job so that its failure undoes nothing but itself.</summary>
    private void RunAlone(WriteJob job, bool alone)
    {
        if (!alone) session.Execute("SAVEPOINT job");
        var succeeded = job.Run(session);
        if (succeeded)
        {
            if (!alone) session.Execute("RELEASE job");
            return;
        }

        // A full or failing disk makes the database undo the whole transaction: then all of the batch failed, for that reason.
        if (dialect.HasRolledBack(session.Connection)) throw job.Failure!;
        session.Execute(alone ? "ROLLBACK" : "ROLLBACK TO job");
    }

    private void Undo(List<WriteJob> batch, Exception error)
    {
        try
        {
            if (!dialect.HasRolledBack(session.Connection)) session.Execute("ROLLBACK");
        }
        catch (DbException alsoFailed)
        {
            error = new AggregateException(error, alsoFailed);
        }

        foreach (var job in batch) job.Fail(error);
    }
}
