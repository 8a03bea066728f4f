using Autopilot.Core.Planning;

namespace Autopilot.Commands.Missions;

/// <summary>A unit of a plan that is only shown.</summary>
/// <param name="Layer">From 0; units of one layer could run at the same time.</param>
/// <param name="Scopes">Into which the planner divided the objective on the way to it, the widest first.</param>
/// <param name="EstimatedUsd">The mean of earlier units; null when unknown.</param>
/// <param name="EstimatedTime">Of a worker; null when unknown.</param>
internal sealed record PlannedItem(
    string Id,
    int Layer,
    string Title,
    int Priority,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> DependsOn,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<AcceptanceCriterion> Criteria,
    string? Specialist,
    double Uncertainty,
    decimal? EstimatedUsd,
    TimeSpan? EstimatedTime);
