namespace Autopilot.Workflows.Loops;

/// <summary>A phase whose work did not fit to what landed beside it.</summary>
/// <param name="Times">How often it came back.</param>
/// <param name="Point">Its work, which the next try goes on with.</param>
internal sealed record ReturnedPhase(int Times, string Point);
