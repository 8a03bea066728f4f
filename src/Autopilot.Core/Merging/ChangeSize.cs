namespace Autopilot.Core.Merging;

/// <summary>How large a change is.</summary>
/// <param name="Lines">Added and removed lines of text together; binary files have none.</param>
/// <param name="Files">Paths that differ.</param>
public readonly record struct ChangeSize(int Lines, int Files);
