using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;

namespace Autopilot.Workflows.Missions;

/// <summary>What comes after a mission of a chain.</summary>
/// <param name="Proposal">Null when nothing does.</param>
/// <param name="WhyNot">Why nothing does; empty when something does.</param>
public sealed record Outlook(Proposal? Proposal, string WhyNot)
{
    /// <summary>What asking cost, in USD.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>The same where something is left of the chain after asking; else no mission follows.</summary>
    /// <param name="settings">Of the mission that asked.</param>
    /// <param name="spentUsd">By that mission, before asking.</param>
    /// <param name="took">By that mission.</param>
    public Outlook Within(MissionSettings settings, decimal spentUsd, TimeSpan took) =>
        Proposal is null || ChainLink.Left(settings, spentUsd + CostUsd, took) is not null ? this : this with { Proposal = null, WhyNot = $"asking for the next mission used up its budget; proposed was: {Proposal.Objective}" };
}
