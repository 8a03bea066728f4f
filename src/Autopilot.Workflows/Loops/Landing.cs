namespace Autopilot.Workflows.Loops;

/// <summary>Phases brought together for a verification.</summary>
/// <param name="Point">The state that has all of them; null when one does not fit.</param>
/// <param name="Misfit">The phase that is in conflict with what is there.</param>
/// <param name="Detail">Where.</param>
public sealed record Landing(string? Point, string? Misfit, string Detail);
