using System.Collections.Concurrent;
using System.Data.Common;

namespace Autopilot.Platform.Sql;

/// <summary>An open database; see <see cref="IStore"/>.</summary>
public sealed class Store : IStore
{
    private readonly SqlDialect dialect;
    private readonly GroupCommitter writer;
    private readonly ConcurrentBag<SqlSession> idleReaders = [];
    private int disposed;

    private Store(SqlDialect dialect, SqlSession session)
    {
        this.dialect = dialect;
        writer = new GroupCommitter(session, dialect);
    }

    /// <summary>Opens or creates the database and brings its tables up to date.</summary>
    /// <param name="schemas">The components whose tables it must have.</param>
    /// <exception cref="Core.UserErrorException">It cannot be opened, is damaged, or was written by a newer program.</exception>
    public static Store Open(SqlDialect dialect, TimeProvider clock, params IReadOnlyList<Schema> schemas)
    {
        SqlSession? session = null;
        try
        {
            session = new SqlSession(dialect.ConnectWriter());
            new Migrator(dialect, clock).Apply(session, schemas);
            return new Store(dialect, session);
        }
        catch (Exception error)
        {
            session?.Dispose();
            if (error is DbException failure && dialect.Explain(failure) is { } explained) throw explained;
            throw;
        }
    }

    public Task<T> Write<T>(Func<SqlSession, T> job, CancellationToken cancellation = default)
    {
        var queued = new WriteJob<T>(job, Explain, cancellation);
        writer.Enqueue(queued);
        return queued.Done;
    }

    public Task<T> Read<T>(Func<SqlSession, T> query, CancellationToken cancellation = default) =>
        Task.Run(() => ReadNow(query), cancellation);

    /// <summary>From now on another process that keeps the database locked is waited for two seconds altogether; what could not be written then fails.</summary>
    public void Hurry() => writer.Hurry();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        while (idleReaders.TryTake(out var reader)) reader.Dispose();
        await writer.DisposeAsync();
    }

    private T ReadNow<T>(Func<SqlSession, T> query)
    {
        ObjectDisposedException.ThrowIf(disposed != 0, this);
        SqlSession? session = null;
        try
        {
            if (!idleReaders.TryTake(out session)) session = new SqlSession(dialect.ConnectReader());
            return query(session);
        }
        catch (DbException error)
        {
            throw Explain(error);
        }
        finally
        {
            Return(session);
        }
    }

    private void Return(SqlSession? session)
    {
        if (session is null) return;
        if (disposed == 0) idleReaders.Add(session);
        else session.Dispose();
    }

    private Exception Explain(Exception error) => error switch
    {
        DbException failure => dialect.Explain(failure) ?? error,
        AggregateException several => several.InnerExceptions.Select(Explain).OfType<Core.UserErrorException>().FirstOrDefault() ?? error,
        _ => error,
    };
}
