using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Tasks;

/// <summary>How a task ended.</summary>
/// <param name="Outcome">Of its session.</param>
/// <param name="Recording">The record of the session, absolute.</param>
/// <param name="Branch">The branch that holds the work of an isolated task; null when there is none.</param>
/// <param name="Agent">Who worked last; null in journals of versions in which that was always the one who was ordered.</param>
public sealed record TaskResult(AgentOutcome Outcome, string Recording, string? Branch, string? Agent = null);
