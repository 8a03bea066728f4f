using System.Data.Common;
using Autopilot.Core;

namespace Autopilot.Platform.Sql;

/// <summary>What differs between databases; everything else is common SQL.</summary>
public abstract class SqlDialect
{
    /// <summary>Where the database is, for messages.</summary>
    public abstract string Location { get; }

    /// <summary>Opens a connection that can write, creating the database where it is absent.</summary>
    public abstract DbConnection ConnectWriter();

    /// <summary>Opens a connection that can only read.</summary>
    public abstract DbConnection ConnectReader();

    /// <summary>Begins a transaction that excludes other writers from its first statement on.</summary>
    public abstract string BeginWrite { get; }

    /// <summary>How long to wait for another process's transaction before giving up.</summary>
    public abstract TimeSpan Patience { get; }

    /// <summary>Begins such a transaction, waiting only for a moment (less than 0.1 s) for that of another process.</summary>
    /// <returns>Null when it is begun; else that another process writes: try again, or throw this.</returns>
    /// <exception cref="DbException">It cannot be begun at all.</exception>
    public abstract DbException? TryBeginWrite(DbConnection connection);

    /// <summary>Taken inside a write transaction before the schema is looked at; empty when <see cref="BeginWrite"/> excludes enough.</summary>
    public abstract string LockSchema { get; }

    public abstract bool HasTable(SqlSession session, string table);

    /// <summary>True when the database has already undone the transaction by itself, as some errors make it do.</summary>
    public abstract bool HasRolledBack(DbConnection connection);

    /// <summary>Turns an error of the database into what the user can do about it; null when it is a defect of ours.</summary>
    public abstract UserErrorException? Explain(DbException error);
}
