namespace Autopilot.Core.Missions.Reporting;

/// <summary>A test that failed and passed on the same tree, with every attempt that shows it.</summary>
/// <param name="Name">As its tool gives it; <c>(unnamed)</c> where an output names nothing.</param>
/// <param name="Attempts">On the trees on which it did both, in order.</param>
public sealed record Flake(string Name, int Failures, int Passes, IReadOnlyList<FlakeAttempt> Attempts);
