using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Bench.Governance;

/// <summary>Grants everything at once, where something else is measured.</summary>
internal sealed class GrantingGovernor : IGovernor, IPermit
{
    public CancellationToken Stopping => CancellationToken.None;

    public string? StopCause => null;

    public string Id => "bench";

    public decimal? LimitUsd => null;

    public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation) => Task.FromResult<IPermit>(this);

    public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
