using Autopilot.Core;
using Autopilot.Platform.Sql;
using Microsoft.Data.Sqlite;

namespace Autopilot.Platform.Tests.Sql;

/// <summary>Another process keeps the database locked: whoever waits may give up at once.</summary>
public sealed class LockedDatabaseTests : IAsyncDisposable
{
    private readonly StoreFixture fixture = new();
    private readonly Store store;
    private readonly SqliteConnection other;

    public LockedDatabaseTests()
    {
        store = Store.Open(new SqliteDialect(fixture.File, TimeSpan.FromMinutes(10)), TimeProvider.System, StoreFixture.Items);
        other = new SqliteConnection($"Data Source={fixture.File};Pooling=False");
        other.Open();
        Execute("BEGIN IMMEDIATE");
    }

    [Fact]
    public async Task A_write_that_waits_is_given_up_alone()
    {
        using var cancellation = new CancellationTokenSource();
        var given = store.Write(session => session.Execute("INSERT INTO item(name) VALUES ('given up')"), cancellation.Token);
        var kept = StoreFixture.Add(store, "kept");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.False(kept.IsCompleted);
        Execute("ROLLBACK");
        await kept;
        Assert.Equal(["kept"], await StoreFixture.Names(store));
    }

    [Fact]
    public async Task In_a_hurry_what_waits_fails_soon_and_what_comes_later_is_written_once_the_lock_is_gone()
    {
        var waiting = StoreFixture.Add(store, "waiting");
        store.Hurry();
        Assert.Contains("locked by another process", (await Assert.ThrowsAsync<UserErrorException>(() => waiting)).Message, StringComparison.Ordinal);
        Execute("ROLLBACK");
        await StoreFixture.Add(store, "later");
        Assert.Equal(["later"], await StoreFixture.Names(store));
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await store.DisposeAsync();
        fixture.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
