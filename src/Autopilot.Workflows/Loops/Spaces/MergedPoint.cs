namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Two states brought together.</summary>
/// <param name="Point">The state that has both; files in conflict have both sides between markers.</param>
/// <param name="Conflicts">The files in conflict, relative to the repository.</param>
/// <param name="Detail">What git says of them.</param>
public sealed record MergedPoint(string Point, IReadOnlyList<string> Conflicts, string Detail);
