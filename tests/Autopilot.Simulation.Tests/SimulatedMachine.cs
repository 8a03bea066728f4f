using Autopilot.Core.Governance;

namespace Autopilot.Simulation.Tests;

/// <summary>Runs short of this and that for a while, whether a process is there to hear it or not, and has enough again in the end.</summary>
internal sealed class SimulatedMachine
{
    private readonly Random random;
    private readonly SimulatedClock clock;
    private int changesLeft;

    public SimulatedMachine(Random random, Faults faults, SimulatedClock clock)
    {
        (this.random, this.clock) = (random, clock);
        changesLeft = random.NextDouble() < faults.Shortage ? random.Next(1, 8) : 0;
        if (changesLeft > 0) Later();
    }

    public DegradationLevel Level { get; private set; }

    /// <summary>Told of each change.</summary>
    public Action? Changed { get; set; }

    private void Later() => clock.After(TimeSpan.FromSeconds(random.Next(1, 2000)), () =>
    {
        Level = --changesLeft > 0 ? (DegradationLevel)random.Next(6) : DegradationLevel.Full;
        if (changesLeft > 0) Later();
        Changed?.Invoke();
    });
}
