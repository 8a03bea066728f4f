namespace Autopilot.Core.Missions.Reporting;

/// <summary>One move of green.</summary>
/// <param name="Commit">The verified tree.</param>
/// <param name="Units">What came with it; empty for the repair of a red base.</param>
/// <param name="TakesIn">The commit of the remote that came with it; null for none.</param>
public sealed record Landing(DateTimeOffset At, string Commit, IReadOnlyList<string> Units, string? TakesIn = null);
