using Autopilot.Core;
using Autopilot.Core.Missions.Chaining;

namespace Autopilot.Workflows.Missions.Chaining;

/// <summary>The missions of a chain, as far as the way from one to the next needs them.</summary>
public interface IChainedMissions
{
    /// <summary>What a mission proposed at its end; null when it proposes nothing or is not at its end.</summary>
    Task<Proposal?> ProposalOf(string id);

    /// <summary>The mission that was begun after another; null when none was.</summary>
    Task<string?> SuccessorOf(string id);

    /// <summary>Whether a person agrees, now or in advance, that the proposal is begun.</summary>
    Task<bool> Agrees(string id, Proposal proposal);

    /// <summary>Records the successor of a mission, once: whoever does the same at the same time gets the same one.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="UserErrorException">Budget or time of the chain are used up, or green is not where a mission could begin.</exception>
    Task<string> Begin(string id, Proposal proposal, CancellationToken cancellation);

    /// <summary>Executes a mission or goes on with it; one that is at its end is left as it is.</summary>
    Task Execute(string id, CancellationToken cancellation);
}
