using Autopilot.Core.Missions.Chaining;

namespace Autopilot.Workflows.Missions;

/// <summary>What comes after a mission of a chain.</summary>
/// <param name="Proposal">Null when nothing does.</param>
/// <param name="WhyNot">Why nothing does; empty when something does.</param>
public sealed record Outlook(Proposal? Proposal, string WhyNot)
{
    /// <summary>What asking cost, in USD.</summary>
    public decimal CostUsd { get; init; }
}
