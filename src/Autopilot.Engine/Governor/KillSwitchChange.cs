namespace Autopilot.Engine.Governor;

/// <summary>What became of a wish to pull or release the kill switch.</summary>
/// <param name="Refusal">The code under which it was refused; null when it was done.</param>
/// <param name="Unrecorded">What of it could not be written down, and why, as sentences; null when everything could.</param>
public sealed record KillSwitchChange(string? Refusal, string? Unrecorded = null);
