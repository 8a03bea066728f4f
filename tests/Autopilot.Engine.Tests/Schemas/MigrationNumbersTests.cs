using System.Globalization;
using Autopilot.Engine.Ledger;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Schemas;

/// <summary>Two changes that were made at the same time must not both be number 5.</summary>
public class MigrationNumbersTests
{
    [Fact]
    public void Every_folder_of_migrations_is_numbered_from_one_without_a_hole_or_a_double()
    {
        var folders = typeof(RunSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Schema.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .GroupBy(name => name[..name.IndexOf(".Schema.", StringComparison.Ordinal)], name => name[(name.IndexOf(".Schema.", StringComparison.Ordinal) + 8)..], StringComparer.Ordinal)
            .ToDictionary(folder => folder.Key, folder => folder.Select(name => int.Parse(name.Split('-')[0], CultureInfo.InvariantCulture)).Order().ToList(), StringComparer.Ordinal);
        Assert.Equal(["Autopilot.Engine.Ledger", "Autopilot.Engine.Runs"], folders.Keys.Order(StringComparer.Ordinal));
        Assert.All(folders.Values, numbers => Assert.Equal(Enumerable.Range(1, numbers.Count), numbers));
    }

    [Fact]
    public async Task All_of_them_apply_to_one_database()
    {
        using var folder = new TemporaryFolder();
        await using var store = Store.Open(new SqliteDialect(folder["both.db"]), TimeProvider.System, RunSchema.Tables, LedgerSchema.Tables);
        Assert.Equal(0, await store.Read(session => session.Scalar<long>("SELECT COUNT(*) FROM permit")));
    }

    [Fact]
    public async Task What_is_open_today_is_not_sought_among_all_that_was_permitted_today()
    {
        using var folder = new TemporaryFolder();
        await using var store = Store.Open(new SqliteDialect(folder["ledger.db"]), TimeProvider.System, LedgerSchema.Tables);
        var plan = await store.Read(session => session.Query("EXPLAIN QUERY PLAN SELECT SUM(reserved) FROM permit WHERE state = 'open' AND day = $1", row => row.GetString(3), "2026-01-31"));
        Assert.Contains("permit_open", Assert.Single(plan), StringComparison.Ordinal);
    }
}
