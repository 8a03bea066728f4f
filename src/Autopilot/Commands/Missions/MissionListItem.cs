namespace Autopilot.Commands.Missions;

/// <summary>A mission in a list.</summary>
/// <param name="State">running, interrupted (its process is gone), waiting, completed, failed or stopped.</param>
internal sealed record MissionListItem(string Id, string State, string Title, DateTimeOffset CreatedAt);
