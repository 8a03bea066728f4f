using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Tasks;

/// <summary>What the journal keeps of a session.</summary>
/// <param name="Recording">Absolute.</param>
/// <param name="Agent">Who worked last; null in journals of versions in which that was always the one who was ordered.</param>
public sealed record SessionResult(AgentOutcome Outcome, string Recording, string? Agent = null);
