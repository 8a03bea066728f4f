using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>Where no namespace can be had: orphans are re-parented to this process, and found by ancestry, session and an environment marker.</summary>
/// <remarks>
/// The program itself dies with this process by the parent-death signal. What it leaves behind then is ended by the next start
/// (<see cref="Survivors.ProcessRegistry"/>). A descendant escapes only if it leaves its session, clears its environment and loses
/// its parent between two samples; it is ended when the last supervised process has ended.
/// </remarks>
internal sealed class SubreaperContainment(string marker) : IContainment
{
    private const int SetChildSubreaper = 36;
    public ProcessTree? Tree { get; private set; }

    /// <summary>Makes orphans come to this process rather than to the init of the machine.</summary>
    public static void BecomeSubreaper() => LibC.Prctl(SetChildSubreaper, 1, 0, 0, 0);

    public int Spawn(Launch launch) => DeathSignal.Tie(launch).Spawn();

    public void Identify(int pid) => Tree = ProcessStat.Read(pid) is { } root ? new ProcessTree(root.Identity) : null;

    public void Kill() => Tree?.KillOnce(marker, includeRoot: true);

    public int EndRest() => Tree?.EndAll(marker) ?? 0;

    public void Dispose() { }
}
