using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Governor;

/// <summary>Shows everybody that a permit waits, and why.</summary>
internal sealed class WaitNote(IStore store, LastBooking booking, PermitRequest request, TimeProvider clock, Action<string>? show) : IAsyncDisposable
{
    private readonly string id = Guid.NewGuid().ToString("N");
    private string? shown;

    public async Task Show(LedgerVerdict.Wait wait, CancellationToken cancellation)
    {
        if (shown == wait.Code) return;
        var me = LedgerProcess.Current;
        await store.Write(
            session => session.Execute(
                """
                INSERT INTO waiting(id, run_id, role, reason, since, until, pid, pid_start) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT(id) DO UPDATE SET reason = excluded.reason, until = excluded.until
                """,
                id, request.RunId, request.Role, wait.Reason, clock.GetUtcNow().ToUnixTimeMilliseconds(), wait.Until?.ToUnixTimeMilliseconds(), me.Pid, me.StartTime),
            cancellation);
        shown = wait.Code;
        show?.Invoke($"waiting: {wait.Reason}{(wait.Until is { } until ? $", until {until.UtcDateTime:HH:mm:ss'Z'}" : "")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (shown is not null) await booking.Do(() => store.Write(session => session.Execute("DELETE FROM waiting WHERE id = $1", id)));
    }
}
