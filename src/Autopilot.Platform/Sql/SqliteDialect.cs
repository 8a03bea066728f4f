using System.Data.Common;
using Autopilot.Core;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Autopilot.Platform.Sql;

/// <summary>The embedded database: one file, write-ahead log, every commit synced to the disk.</summary>
/// <param name="file">The database file.</param>
/// <param name="busyTimeout">How long to wait for another process's transaction before giving up.</param>
public sealed class SqliteDialect(string file, TimeSpan? busyTimeout = null) : SqlDialect
{
    /// <summary>Short enough that whoever gives up waiting is heard at once.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    static SqliteDialect() => SqliteLibrary.Load();

    public override string Location => file;

    public override TimeSpan Patience { get; } = busyTimeout ?? TimeSpan.FromSeconds(30);

    public override string BeginWrite => "BEGIN IMMEDIATE";

    public override string LockSchema => "";

    public override DbConnection ConnectWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: a commit is on the disk before it returns, also when the power fails.
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbConnection ConnectReader()
    {
        // Not the read-only open mode: a reader must be able to create the shared-memory file of the write-ahead log.
        var connection = Open(SqliteOpenMode.ReadWrite);
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    public override DbException? TryBeginWrite(DbConnection connection)
    {
        // By the engine itself: the driver would try again for at least a second, deaf.
        var engine = ((SqliteConnection)connection).Handle!;
        raw.sqlite3_busy_timeout(engine, (int)Moment.TotalMilliseconds);
        var code = raw.sqlite3_exec(engine, BeginWrite);
        var error = code == raw.SQLITE_OK ? null : new SqliteException($"SQLite Error {code}: '{raw.sqlite3_errmsg(engine).utf8_to_string()}'.", code);
        raw.sqlite3_busy_timeout(engine, (int)Patience.TotalMilliseconds);
        return code is raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED ? error : throw error!;
    }

    public override bool HasTable(SqlSession session, string table) =>
        session.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1", table) > 0;

    public override bool HasRolledBack(DbConnection connection) =>
        raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) != 0;

    public override UserErrorException? Explain(DbException error) =>
        error is SqliteException sqlite ? SqliteErrors.Explain(sqlite, file) : null;

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            // The driver's own retry polls slowly; it only has to cover the change to WAL mode, where SQLite does not wait by itself.
            DefaultTimeout = Math.Max(1, (int)Patience.TotalSeconds),
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        Run(connection, $"PRAGMA busy_timeout = {(int)Patience.TotalMilliseconds}");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
