namespace Autopilot.Simulation.Tests;

/// <summary>May fail at any write of the program, and is back at once.</summary>
internal sealed class SimulatedPower(Random random, double failure)
{
    /// <summary>It fails no more, so that a simulated mission comes to its end.</summary>
    public bool IsSafe { get; set; }

    /// <summary>Before and after each write.</summary>
    /// <exception cref="CrashException">It failed.</exception>
    public void MayFail()
    {
        if (!IsSafe && random.NextDouble() < failure) throw new CrashException();
    }
}
