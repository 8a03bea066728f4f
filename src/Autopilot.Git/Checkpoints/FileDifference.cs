namespace Autopilot.Git.Checkpoints;

/// <summary>One path that differs.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Change">A added, M modified, D deleted, T type changed.</param>
/// <param name="Lines">Added and removed lines of text together; 0 for a binary file.</param>
public readonly record struct FileDifference(string Path, char Change, int Lines);
