using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Autopilot.Platform.Processes.Native;

/// <summary>Starting and awaiting direct children.</summary>
internal static unsafe class ChildProcess
{
    /// <summary>The error of a start in a pid namespace whose init has ended (ENOMEM).</summary>
    public const int NamespaceIsGone = 12;

    private const int NoSuchChild = 10;
    private const int Interrupted = 4;
    private const int ProcessId = 1;
    private const int WaitNoHang = 1;
    private const int WaitExited = 4;

    // Held while starting, so that a child is known as ours before anyone can take it for an adopted one.
    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Own = [];

    private static int WaitNoReap => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>Starts a program.</summary>
    /// <returns>The process id.</returns>
    /// <exception cref="Win32Exception">With the error number of posix_spawn.</exception>
    public static int Spawn(Launch launch)
    {
        using var native = new NativeLaunch(launch);
        var ready = native.Ready;
        lock (Gate)
        {
            int pid;
            var error = LibC.Spawn(&pid, ready.Path, ready.Actions, ready.Attributes, ready.Arguments, ready.Environment);
            if (error != 0) throw new Win32Exception(error);
            Own.Add(pid);
            return pid;
        }
    }

    /// <summary>Starts a program in a new pid namespace, behind its init.</summary>
    /// <exception cref="Win32Exception">One of the two could not be started; then neither runs.</exception>
    public static (int Init, int Program) SpawnInNamespace(Launch init, Launch program)
    {
        using var nativeInit = new NativeLaunch(init);
        using var nativeProgram = new NativeLaunch(program);
        NamespaceSpawn.Result result;
        lock (Gate)
        {
            result = NamespaceSpawn.Start(nativeInit.Ready, nativeProgram.Ready);
            if (result.First != 0) Own.Add(result.First);
            if (result.Second != 0) Own.Add(result.Second);
        }
        if (result.Error == 0) return (result.First, result.Second);
        if (result.First != 0)
        {
            LibC.Kill(result.First, Signals.Kill);
            Reap(result.First);
        }
        throw new Win32Exception(result.Error);
    }

    /// <summary>Makes a pid namespace that has only an init yet.</summary>
    /// <returns>The process id of the init.</returns>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static int OpenNamespace(Launch init)
    {
        using var native = new NativeLaunch(init);
        lock (Gate) return Taken(NamespaceSpawn.Open(native.Ready));
    }

    /// <summary>Starts a program in a pid namespace that is there.</summary>
    /// <param name="space">A descriptor of the namespace.</param>
    /// <returns>The process id.</returns>
    /// <exception cref="Win32Exception">It could not be started; <see cref="NamespaceIsGone"/> when the namespace has ended.</exception>
    public static int SpawnInside(int space, Launch program)
    {
        using var native = new NativeLaunch(program);
        lock (Gate) return Taken(NamespaceSpawn.Enter(space, native.Ready));
    }

    private static int Taken(NamespaceSpawn.Result result)
    {
        if (result.Error != 0) throw new Win32Exception(result.Error);
        Own.Add(result.First);
        return result.First;
    }

    /// <summary>Blocks until the child has ended, and leaves it as a zombie, so that its id stays taken.</summary>
    public static void AwaitEnd(int pid)
    {
        var info = stackalloc byte[256];
        while (LibC.WaitId(ProcessId, pid, info, WaitExited | WaitNoReap) != 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
    }

    /// <summary>Takes the status of an ended child.</summary>
    /// <returns>Null when it is no child of ours (any more).</returns>
    public static WaitStatus? Reap(int pid)
    {
        var status = Wait(pid, 0);
        lock (Gate) Own.Remove(pid);
        return status;
    }

    /// <summary>True for a child that was started here, rather than adopted.</summary>
    public static bool IsOwn(int pid)
    {
        lock (Gate) return Own.Contains(pid);
    }

    /// <summary>Takes the status of an ended child that was adopted; never waits, and never touches one that was started here.</summary>
    public static void ReapAdopted(int pid)
    {
        lock (Gate)
            if (!Own.Contains(pid)) Wait(pid, WaitNoHang);
    }

    private static WaitStatus? Wait(int pid, int options)
    {
        int status, result;
        ResourceUsage usage;
        while ((result = LibC.Wait4(pid, &status, options, &usage)) < 0)
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                return error == NoSuchChild ? null : throw new Win32Exception(error);
        return result == 0 ? null : new WaitStatus(status, usage.CpuTime, usage.PeakBytes);
    }
}
