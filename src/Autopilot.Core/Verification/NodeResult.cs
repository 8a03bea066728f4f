namespace Autopilot.Core.Verification;

/// <summary>What one node did.</summary>
/// <param name="ExitCode">Null when a signal or a limit ended it.</param>
/// <param name="End">In words, when it did not exit by itself; null otherwise.</param>
/// <param name="Counts">What its output says of tests; informs, and never makes a failure good. Null when it says nothing that we understand.</param>
/// <param name="Tail">The last part of its output.</param>
public sealed record NodeResult(string Name, bool Required, double Weight, int? ExitCode, string? End, TimeSpan Duration, TestCounts? Counts, string Tail)
{
    public bool Passed => ExitCode == 0 && End is null;
}
