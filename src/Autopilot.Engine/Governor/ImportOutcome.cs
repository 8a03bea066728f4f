namespace Autopilot.Engine.Governor;

/// <summary>What became of the state of another program.</summary>
/// <param name="Added">How many of its transitions were new.</param>
/// <param name="Adopted">Whether the mode was decided by it: none was ever set here.</param>
/// <param name="Refusal">The code under which its mode was not taken over, so that the mode is off; null when it was, or was not looked at.</param>
public sealed record ImportOutcome(int Added, bool Adopted, string? Refusal);
