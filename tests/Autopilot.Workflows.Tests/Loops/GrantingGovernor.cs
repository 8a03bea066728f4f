using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>Grants everything.</summary>
internal sealed class GrantingGovernor : IGovernor
{
    public CancellationToken Stopping => CancellationToken.None;

    public string? StopCause => null;

    public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation) => Task.FromResult<IPermit>(new Permit());

    private sealed class Permit : IPermit
    {
        public string Id => "p";

        public decimal? LimitUsd => null;

        public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
