namespace Autopilot.Core.Missions.Reporting;

/// <summary>What a flaky test did in one run of all tests.</summary>
/// <param name="Tree">The commit.</param>
/// <param name="Attempt">Of that tree, from 1.</param>
public sealed record FlakeAttempt(string Tree, int Attempt, bool Passed);
