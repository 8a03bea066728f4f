using System.Globalization;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Governor;

/// <summary>Ends the largest of all sessions of Autopilot when the machine is about to run out of memory. Never touches anything else.</summary>
/// <remarks>
/// Each process looks for itself. While memory is short each tells the ledger what its sessions hold, and in one transaction it is decided which is the
/// largest; only the process whose session that is acts, and all others see that one was chosen. So two processes never end two sessions for one shortage.
/// </remarks>
public sealed class MemoryGuard : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly IStore store;
    private readonly LiveSessions sessions;
    private readonly long floor;
    private readonly TimeProvider clock;
    private readonly Func<long?> freeMemory;
    private readonly Action<string>? show;
    private readonly ITimer timer;
    private Task looking = Task.CompletedTask;
    private bool wasShort;

    /// <param name="store">The shared ledger.</param>
    /// <param name="sessions">Those of this process.</param>
    /// <param name="floor">In bytes; below it memory is short. 0 to do nothing.</param>
    /// <param name="freeMemory">In bytes; null where the system does not tell.</param>
    /// <param name="show">Told what was done; null for nobody.</param>
    public MemoryGuard(IStore store, LiveSessions sessions, long floor, TimeProvider clock, Func<long?>? freeMemory = null, Action<string>? show = null)
    {
        (this.store, this.sessions, this.floor, this.clock, this.show) = (store, sessions, floor, clock, show);
        this.freeMemory = freeMemory ?? MachineResources.FreeMemory;
        timer = clock.CreateTimer(_ => OnTimer(), null, floor > 0 ? LookEvery : Timeout.InfiniteTimeSpan, LookEvery);
    }

    /// <summary>Looks once. The first look of a shortage only tells, so that the next, a second later, knows the sessions of all processes.</summary>
    internal async Task Look()
    {
        if (sessions.IsEmpty || freeMemory() is not { } free || free >= floor)
        {
            wasShort = false;
            return;
        }

        var own = sessions.All;
        var mayChoose = wasShort;
        wasShort = true;
        var chosen = await store.Write(session => Choose(session, own, mayChoose, clock.GetUtcNow()));
        if (own.FirstOrDefault(candidate => candidate.Id == chosen) is not { } largest) return;
        var reason = string.Create(CultureInfo.InvariantCulture, $"only {free >> 20} MiB of memory was free, less than {floor >> 20} MiB (resources.memory_floor), and this was the largest session with {largest.Memory >> 20} MiB");
        show?.Invoke($"A session was ended: {reason}. It can be resumed.");
        largest.EndForMemory(reason);
    }

    /// <summary>Completes when it does not look.</summary>
    internal Task Idle => looking;

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await looking;
    }

    private void OnTimer()
    {
        if (looking.IsCompleted) looking = LookSafely();
    }

    private async Task LookSafely()
    {
        try
        {
            await Look();
        }
        catch (UserErrorException error)
        {
            show?.Invoke($"Memory is short, and the ledger cannot be asked which session is the largest: {error.Message}");
        }
    }

    private static string? Choose(SqlSession session, IEnumerable<ILiveSession> own, bool mayChoose, DateTimeOffset now)
    {
        session.Execute("DELETE FROM live_session WHERE at < $1", (now - MemoryVictim.Fresh).ToUnixTimeMilliseconds());
        foreach (var live in own)
            session.Execute("INSERT INTO live_session(id, memory, at) VALUES ($1, $2, $3) ON CONFLICT(id) DO UPDATE SET memory = excluded.memory, at = excluded.at", live.Id, live.Memory, now.ToUnixTimeMilliseconds());
        if (!mayChoose) return null;
        var all = session.Query("SELECT id, memory, at FROM live_session", row => (row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))));
        var chosen = MemoryVictim.Choose(all, Last(session), now);
        if (chosen is null || own.All(live => live.Id != chosen)) return null;
        session.Execute("INSERT INTO setting(name, value) VALUES ('memory_guard', $1) ON CONFLICT(name) DO UPDATE SET value = excluded.value", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        session.Execute("DELETE FROM live_session WHERE id = $1", chosen);
        CounterTable.Add(session, "autopilot_sessions_ended_for_memory_total", "");
        return chosen;
    }

    private static DateTimeOffset? Last(SqlSession session) =>
        long.TryParse(session.Scalar<string>("SELECT value FROM setting WHERE name = 'memory_guard'"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
