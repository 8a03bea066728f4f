using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>Grants everything.</summary>
internal sealed class FreeGovernor : IGovernor, IPermit
{
    public CancellationToken Stopping => CancellationToken.None;

    public string? StopCause => null;

    public string Id => "p";

    public decimal? LimitUsd => null;

    public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation) => Task.FromResult<IPermit>(this);

    public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
