using Autopilot.Core.Agents;

namespace Autopilot.Core.Governance;

/// <summary>Is told how sessions with a provider ended, so that the next permits wait for one that is limited or down.</summary>
public interface IProviderHealth
{
    /// <param name="permit">Under which the session ran.</param>
    /// <param name="outcome">How it ended.</param>
    Task Report(IPermit permit, AgentOutcome outcome, CancellationToken cancellation);

    /// <summary>When permits for a provider are granted again; null for now.</summary>
    Task<DateTimeOffset?> BlockedUntil(string provider, CancellationToken cancellation);
}
