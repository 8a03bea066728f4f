using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Testing;

/// <summary>Remembers what it was asked, and grants it until it refuses all.</summary>
public sealed class AskedGovernor : IGovernor, IPermit
{
    public List<PermitRequest> Asked { get; } = [];

    public int Settled { get; private set; }

    public bool Refuses { get; set; }

    public CancellationToken Stopping => CancellationToken.None;

    public string? StopCause => null;

    public string Id => "p";

    public decimal? LimitUsd => null;

    public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation)
    {
        Asked.Add(request);
        return Refuses ? throw new PermitRefusedException("kill", "Nothing may start: kill: enough.") : Task.FromResult<IPermit>(this);
    }

    public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation)
    {
        Settled++;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
