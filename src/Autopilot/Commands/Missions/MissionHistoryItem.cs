namespace Autopilot.Commands.Missions;

/// <summary>A mission that was, and what came of it.</summary>
/// <param name="State">running, interrupted, waiting, completed, failed or stopped.</param>
/// <param name="Result">met, partial or nothing, as it stands.</param>
/// <param name="Landed">Of its units.</param>
internal sealed record MissionHistoryItem(
    string Id, string State, string Result, string? StopCause, string Objective, int Units, int Landed, decimal CostUsd, TimeSpan Duration, DateTimeOffset StartedAt);
