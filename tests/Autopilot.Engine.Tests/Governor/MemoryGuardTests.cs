using Autopilot.Core.Agents;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

/// <summary>Several processes, each with a guard and a connection of its own to one ledger.</summary>
public sealed class MemoryGuardTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly List<IAsyncDisposable> parts = [];
    private long free = 1000;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.AsEnumerable().Reverse()) await part.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_largest_session_of_all_processes_is_ended_and_only_that_one()
    {
        var (small, large) = (new Session(100), new Session(300));
        var (one, two) = (Process(small, new Session(200)), Process(large));
        await Look(one, two);
        Assert.Null(large.Ended);
        free = 499;
        await Look(one, two);
        Assert.Null(large.Ended); // each has only told
        await Look(one, two);
        Assert.Contains("only 0 MiB of memory was free", large.Ended);
        Assert.Null(small.Ended);
        Assert.Contains(await Counters(), counter => counter is { Name: "autopilot_sessions_ended_for_memory_total", Value: 1 });
    }

    [Fact]
    public async Task The_next_is_ended_only_when_the_first_has_had_time_to_give_its_memory_back()
    {
        Session[] sessions = [new(300), new(200)];
        var process = Process(sessions);
        free = 0;
        for (var i = 0; i < 9; i++) await Look(process);
        Assert.Equal([true, false], sessions.Select(session => session.Ended is not null));
        for (var i = 0; i < 4; i++) await Look(process);
        Assert.Equal([true, true], sessions.Select(session => session.Ended is not null));
    }

    [Fact]
    public async Task A_shortage_that_passes_ends_nothing()
    {
        var session = new Session(300);
        var process = Process(session);
        for (var i = 0; i < 10; i++)
        {
            free = i % 2 == 0 ? 0 : 1000;
            await Look(process);
        }

        Assert.Null(session.Ended);
    }

    private async Task Look(params MemoryGuard[] guards)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var guard in guards) await guard.Idle;
    }

    private MemoryGuard Process(params Session[] own)
    {
        var sessions = new LiveSessions();
        foreach (var session in own) session.Entry = sessions.Add(session);
        var store = Open();
        var guard = new MemoryGuard(store, sessions, 500, clock, () => free);
        parts.Add(guard);
        return guard;
    }

    private IStore Open()
    {
        var store = LedgerSchema.Open(GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] }), clock);
        parts.Add(store);
        return store;
    }

    private Task<List<(string Name, string Labels, long Value)>> Counters() => Open().Read(CounterTable.All);

    private sealed class Session(long memory) : ILiveSession
    {
        public IDisposable? Entry { get; set; }

        public string Id { get; } = Guid.NewGuid().ToString("N");

        public long Memory => memory;

        public string? Ended { get; private set; }

        public void EndForMemory(string reason)
        {
            Ended = reason;
            Entry?.Dispose();
        }
    }
}
