using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Bench.Loops;

/// <summary>Grants everything at once: what the governor costs is measured by itself.</summary>
internal sealed class OpenGovernor : IGovernor
{
    public CancellationToken Stopping => CancellationToken.None;

    public string? StopCause => null;

    public Task<IPermit> Acquire(PermitRequest request, CancellationToken cancellation) => Task.FromResult<IPermit>(new Permit());

    private sealed class Permit : IPermit
    {
        public string Id => "bench";

        public decimal? LimitUsd => null;

        public Task Settle(TokenUsage usage, decimal? costUsd, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
