namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Where a producer works.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="IsNew">It was made just now, so that nothing which an interrupted turn left is in it.</param>
public readonly record struct EnteredFolder(string Path, bool IsNew);
