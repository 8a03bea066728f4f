using Autopilot.Core.Agents;

namespace Autopilot.Agents.Conversations;

/// <summary>The limits in time of one turn. The process's own clocks cannot serve: it is silent between turns.</summary>
internal sealed class TurnClocks : IDisposable
{
    private readonly CancellationTokenSource demand = new();
    private readonly CancellationTokenSource wall;
    private readonly CancellationTokenSource silence;
    private readonly CancellationTokenSource any;
    private readonly TimeSpan? silenceLimit;

    public TurnClocks(AgentLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        wall = new CancellationTokenSource(limits.WallClock ?? Timeout.InfiniteTimeSpan, clock);
        silenceLimit = limits.Silence;
        silence = new CancellationTokenSource(silenceLimit ?? Timeout.InfiniteTimeSpan, clock);
        any = CancellationTokenSource.CreateLinkedTokenSource(wall.Token, silence.Token, demand.Token, cancellation);
    }

    public CancellationToken Token => any.Token;

    /// <summary>Why <see cref="Token"/> fired.</summary>
    public EndCause Cause =>
        Demanded ?? (wall.IsCancellationRequested ? EndCause.WallClock : silence.IsCancellationRequested ? EndCause.Silence : EndCause.Cancelled);

    /// <summary>The cause of the first <see cref="End"/>; null when there was none.</summary>
    public EndCause? Demanded { get; private set; }

    /// <summary>Why in words, where the cause is a demanded one.</summary>
    public string? Reason { get; private set; }

    /// <summary>Fires <see cref="Token"/>; not to be called once disposed.</summary>
    public void End(EndCause cause, string reason)
    {
        if (Token.IsCancellationRequested) return;
        (Demanded, Reason) = (cause, reason);
        demand.Cancel();
    }

    /// <summary>A line came.</summary>
    public void Heard()
    {
        if (silenceLimit is { } limit) silence.CancelAfter(limit);
    }

    public void Dispose()
    {
        any.Dispose();
        silence.Dispose();
        wall.Dispose();
        demand.Dispose();
    }
}
