using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>The process group: all that can be reached where there is no /proc (macOS), and enough for tools that stay in it.</summary>
internal sealed class GroupContainment : IContainment
{
    private int group;

    public ProcessTree? Tree => null;

    public int Spawn(Launch launch) => DeathSignal.Tie(launch).Spawn();

    public void Identify(int pid) => group = pid;

    public void Kill()
    {
        if (group != 0) LibC.Kill(-group, Signals.Kill);
    }

    public int EndRest()
    {
        Kill();
        return 0;
    }

    public void Dispose() { }
}
