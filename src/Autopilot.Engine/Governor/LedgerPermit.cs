using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;

namespace Autopilot.Engine.Governor;

/// <summary>A permit of the shared ledger.</summary>
internal sealed class LedgerPermit(string id, decimal? limitUsd, string? provider, PermitBook book, LastBooking booking, StopSource stop) : IPermit
{
    private int ended;

    public string Id => id;

    public decimal? LimitUsd => limitUsd;

    public string? Provider => provider;

    public async Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0) return;
        if (await booking.Do(() => book.Settle(id, usage, costUsd)) > 0 && await book.Exhausted(id) is { } scope) stop.Stop($"budget:{scope}: the {scope} budget was overrun");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0) await booking.Do(() => book.Release(id));
    }
}
