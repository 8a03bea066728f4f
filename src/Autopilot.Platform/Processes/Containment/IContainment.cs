using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>What holds one process and everything below it together, so that all of it can be ended.</summary>
internal interface IContainment : IDisposable
{
    /// <summary>Starts the program. The calling thread must live as long as the child: the parent-death signal is tied to the thread.</summary>
    int Spawn(Launch launch);

    /// <summary>Called once after <see cref="Spawn"/> and before the process is reaped, however soon it ends.</summary>
    void Identify(int pid);

    /// <summary>What belongs to it; null where the system does not show that. Valid after <see cref="Identify"/>.</summary>
    ProcessTree? Tree { get; }

    /// <summary>Sends KILL to everything at once, the process itself included.</summary>
    void Kill();

    /// <summary>Ends what is left after the process itself has ended, and waits until it is gone; without a <see cref="Tree"/> it does not wait.</summary>
    /// <returns>How many processes had to be ended.</returns>
    int EndRest();
}
