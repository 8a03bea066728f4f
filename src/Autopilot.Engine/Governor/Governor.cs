using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Governor;

/// <summary>Grants permits against mode, kill switch, resources, providers and budgets; waits where waiting helps, refuses where it does not.</summary>
/// <param name="home">The shared state.</param>
/// <param name="store">The shared ledger, from <see cref="LedgerSchema.Open"/>.</param>
/// <param name="machine">The mode.</param>
/// <param name="stop">What ends all work.</param>
/// <param name="limits">What the user allows.</param>
/// <param name="showWait">Told why a permit waits, once for each reason; null for nobody.</param>
/// <param name="unattended">True when no person started this process by hand: then nothing of it runs while the mode is off.</param>
public sealed class Governor(GovernorHome home, IStore store, ModeMachine machine, StopSource stop, GovernorLimits limits, TimeProvider clock, Action<string>? showWait = null, bool unattended = false)
    : IGovernor, IProviderHealth, IDegradation
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly PermitBook book = new(store, limits, clock);
    private readonly ProviderHealth health = new(store, clock);
    private readonly LastBooking booking = new(stop, showWait);
    private readonly DegradationWatch degradation = new(home, store, limits, clock);

    public CancellationToken Stopping => stop.Token;

    public string? StopCause => stop.Cause;

    /// <inheritdoc/>
    public async Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation)
    {
        request = request with { Unattended = unattended || request.Unattended };
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop.Token);
        await using var waiting = new WaitNote(store, booking, request, clock, showWait);
        var since = clock.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Forbidden(request) is { } forbidden) throw await Refused(forbidden.Code, forbidden.Message);
            try
            {
                if (await Granted(request, waiting, since, linked.Token) is { } permit) return permit;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Stopped, not cancelled by the caller: the next round refuses with the cause.
            }
        }
    }

    /// <inheritdoc/>
    public async Task Report(IPermit permit, AgentOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.Model is { } model) await booking.Do(() => book.Answered(permit.Id, model));
        if (permit is LedgerPermit { Provider: { } provider }) await booking.Do(() => health.Report(provider, permit.Id, outcome, cancellation));
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> BlockedUntil(string provider, CancellationToken cancellation) => health.BlockedUntil(provider, cancellation);

    /// <inheritdoc/>
    public Task<(DegradationLevel Level, string Reason)> Level() => degradation.Look(CancellationToken.None);

    private (string Code, string Message)? Forbidden(PermitRequest request)
    {
        if (stop.Cause is { } cause) return (StopCauses.CodeOf(cause), $"Nothing may start: {StopCauses.Explain(cause)}");
        if (request.Unattended && machine.Read().Mode == Mode.Off)
            return (StopCauses.ModeOff, $"Nothing may start: {StopCauses.Explain(StopCauses.ModeOff)}");
        return null;
    }

    /// <returns>Null when it is to be asked again: after a wait.</returns>
    private async Task<LedgerPermit?> Granted(PermitRequest request, WaitNote waiting, long since, CancellationToken cancellation)
    {
        var verdict = await Obstacle(request, cancellation) ?? await book.Grant(request, cancellation);
        if (verdict is LedgerVerdict.Granted granted) return new LedgerPermit(granted.Id, granted.LimitUsd, request.Provider, book, booking, stop);
        if (verdict is LedgerVerdict.Refused refused) throw await Refused(refused.Code, refused.Message);
        await Wait((LedgerVerdict.Wait)verdict, waiting, since, cancellation);
        return null;
    }

    private async Task<LedgerVerdict?> Obstacle(PermitRequest request, CancellationToken cancellation)
    {
        var (level, reason) = await degradation.Look(cancellation);
        // A used-up budget is refused by the ledger, with the arithmetic, rather than waited for.
        if (Degradation.Obstacle(level, request.Kind) is { } effect && !reason.Contains("budget", StringComparison.Ordinal))
            return new LedgerVerdict.Wait("degraded", $"{effect} ({reason})", null);
        if (request.Kind == "session" && MachineResources.FreeMemory() is { } free && free < limits.Resources.Memory)
            return new LedgerVerdict.Wait("memory", $"only {free >> 20} MiB of memory is free, a session needs {limits.Resources.Memory >> 20} MiB", null);
        return null;
    }

    private async Task Wait(LedgerVerdict.Wait wait, WaitNote note, long since, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waited = clock.GetElapsedTime(since);
        if (waited >= limits.LongestWait || wait.Until - now > limits.LongestWait - waited)
            throw await Refused(wait.Code, $"This would wait longer than {limits.LongestWait:d\\.hh\\:mm\\:ss}: {wait.Reason}{(wait.Until is { } until ? $", back at {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "")}. Use another provider or come back later.");
        await note.Show(wait, cancellation);
        var pause = wait.Until is { } end && end - now < LookAgain && end > now ? end - now : LookAgain;
        await Task.Delay(pause, clock, cancellation);
    }

    private async Task<PermitRefusedException> Refused(string code, string message)
    {
        await booking.Do(() => store.Write(session => CounterTable.Add(session, "autopilot_permits_refused_total", $"code=\"{code}\""), CancellationToken.None));
        return new PermitRefusedException(code, message);
    }
}
