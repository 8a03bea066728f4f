namespace Autopilot.Core.Missions.Chaining;

/// <summary>What the next mission of a chain is to reach.</summary>
/// <param name="Rationale">Why this, and why now.</param>
/// <param name="Ambition">1 (upkeep) to 10 (a new capability), as the strategist sees it.</param>
/// <param name="Cleanup">True when it is not the strategist's but due by the interval of clean-ups.</param>
public sealed record Proposal(string Objective, string Rationale, int Ambition, bool Cleanup = false);
