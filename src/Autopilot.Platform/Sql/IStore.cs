namespace Autopilot.Platform.Sql;

/// <summary>A database with one writer and many readers.</summary>
/// <remarks>
/// A returned write is durable: it survives the loss of power. Writes that arrive while another batch is being committed
/// share the next transaction (group commit); each still succeeds or fails on its own.
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>Runs the job in a transaction; completes when that is durable.</summary>
    /// <param name="job">Only SQL on the given session; must not keep it. An exception undoes this job alone.</param>
    /// <param name="cancellation">Honoured until the job begins, so also while another process keeps the database locked; a job that has begun is never abandoned.</param>
    /// <exception cref="Core.UserErrorException">The disk is full, the folder read-only, the file damaged or locked: the message says what to do. Earlier records are intact.</exception>
    Task<T> Write<T>(Func<SqlSession, T> job, CancellationToken cancellation = default);

    /// <summary>Runs a query on a connection that sees the last committed state.</summary>
    /// <exception cref="Core.UserErrorException">As for <see cref="Write{T}"/>.</exception>
    Task<T> Read<T>(Func<SqlSession, T> query, CancellationToken cancellation = default);
}
