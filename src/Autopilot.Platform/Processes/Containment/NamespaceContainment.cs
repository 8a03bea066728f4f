using System.IO.Pipes;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>A pid namespace of its own: nothing inside can leave it, and all of it ends with its init process.</summary>
/// <remarks>
/// Two children are started in the namespace. The first is the init: a shell that reaps orphans and reads from a pipe that only this
/// process holds open for writing. Whatever way this process ends, the pipe closes, the shell exits, and the kernel kills the namespace. The second is the program: a child of ours, so its exit status is the true one, and not the
/// init, so signals work for it as for any program. It sees a /proc of its namespace.
/// </remarks>
internal sealed class NamespaceContainment : IContainment
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private static readonly string? MountUnsharer = new[] { "/usr/bin/unshare", "/bin/unshare" }.FirstOrDefault(File.Exists);
    private readonly AnonymousPipeServerStream lifeline = new(PipeDirection.Out, HandleInheritability.None);
    private ProcessHandle? init;
    private int initPid;

    public ProcessTree? Tree { get; private set; }

    /// <summary>True when this process may make such namespaces.</summary>
    public static bool IsPossible() => OperatingSystem.IsLinux() && MountUnsharer is not null && LibC.EffectiveUser() == 0 && NamespaceSpawn.IsPossible();

    public int Spawn(Launch launch)
    {
        var program = launch.Behind(MountUnsharer!, "--mount-proc", "--propagation", "slave", "--");
        (initPid, var pid) = ChildProcess.SpawnInNamespace(Init(launch), program);
        lifeline.DisposeLocalCopyOfClientHandle();
        return pid;
    }

    public void Identify(int pid)
    {
        var initIdentity = ProcessStat.Read(initPid)?.Identity;
        init = initIdentity is { } identity ? ProcessHandle.Open(identity) : null;
        Tree = ProcessStat.Read(pid) is { } root ? new ProcessTree(root.Identity) { Init = initIdentity } : null;
    }

    public void Kill()
    {
        if (init?.Signal(Signals.Kill) != true) lifeline.Dispose();
    }

    public int EndRest()
    {
        var survivors = Tree?.Members(ProcessTable.Read()).Count ?? 0;
        Kill();
        if (init?.AwaitEnd(EndLimit) != false) ChildProcess.Reap(initPid);
        return survivors;
    }

    public void Dispose()
    {
        lifeline.Dispose();
        init?.Dispose();
    }

    private Launch Init(Launch launch) =>
        NamespaceInit.Launch(lifeline, launch.Environment.Where(pair => pair.Key is ProcessSupervisor.MarkerVariable or ProcessSupervisor.PartVariable).ToDictionary());
}
