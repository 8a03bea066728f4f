using Autopilot.Core;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

public sealed class CountersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_could_not_be_counted_is_said_once_and_counted_with_what_comes_next()
    {
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder.Path });
        await using var store = new FailingStore(LedgerSchema.Open(home, TimeProvider.System)) { Fails = true };
        var said = new List<string>();
        await using (var counters = new Counters(store, said.Add))
        {
            for (var i = 0; i < 2; i++) counters.Add("autopilot_failures_total", "where=\"mode\"");
        }

        await using (var counters = new Counters(store, said.Add))
        {
            counters.Add("autopilot_failures_total", "where=\"session\"");
            await counters.DisposeAsync();
            store.Fails = false;
            counters.Add("autopilot_failures_total", "where=\"session\"");
        }

        Assert.Equal(2, said.Count(line => line.Contains("The disk is full.", StringComparison.Ordinal)));
        Assert.Equal([("where=\"session\"", 2L)], (await LedgerReport.Counters(store)).Select(c => (c.Labels, c.Value)));
    }

    private sealed class FailingStore(IStore inner) : IStore
    {
        public bool Fails { get; set; }

        public Task<T> Write<T>(Func<SqlSession, T> job, CancellationToken cancellation = default) =>
            Fails ? Task.FromException<T>(new UserErrorException("The disk is full.")) : inner.Write(job, cancellation);

        public Task<T> Read<T>(Func<SqlSession, T> query, CancellationToken cancellation = default) => inner.Read(query, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
