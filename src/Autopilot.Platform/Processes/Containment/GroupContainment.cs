using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>The process group: all that can be reached where there is no /proc (macOS), and enough for tools that stay in it.</summary>
/// <param name="shared">What ends the program with this process; null for the parent-death signal, which reaches the program alone.</param>
/// <param name="marker">Of the program.</param>
internal sealed class GroupContainment(string marker, SharedNamespace? shared = null) : IContainment
{
    private int group;

    public ProcessTree? Tree => null;

    public int Spawn(Launch launch) => shared?.Spawn(launch) ?? DeathSignal.Tie(launch).Spawn();

    public void Identify(int pid) => group = pid;

    public void Kill()
    {
        if (group != 0) LibC.Kill(-group, Signals.Kill);
    }

    public int EndRest()
    {
        Kill();
        return shared?.EndOrphans(marker) ?? 0;
    }

    public void Dispose() { }
}
