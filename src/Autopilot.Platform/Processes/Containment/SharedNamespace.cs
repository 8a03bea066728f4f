using System.ComponentModel;
using System.IO.Pipes;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>
/// One pid namespace for all the tools of a supervisor that stay in their process group: each ends with its group, and all of them
/// end with this process, whatever way that ends. A tool is born inside, so there is no moment in which it could be left behind.
/// </summary>
/// <remarks>
/// It sees the /proc of this process, which costs no mount: /proc/self is right there too, and a process id that a tool takes from
/// itself names at most a temporary file, which it makes exclusively.
/// </remarks>
internal sealed class SharedNamespace : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Space> spaces = [];

    /// <summary>Starts a program inside.</summary>
    /// <returns>The process id.</returns>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public int Spawn(Launch launch)
    {
        var here = Open(null);
        try
        {
            return ChildProcess.SpawnInside(here.Descriptor, launch);
        }
        catch (Win32Exception error) when (error.NativeErrorCode == ChildProcess.NamespaceIsGone)
        {
            // Its init was killed by somebody, and what was inside with it.
            return ChildProcess.SpawnInside(Open(here).Descriptor, launch);
        }
    }

    /// <summary>Ends those of a tool that has ended which left its process group.</summary>
    /// <param name="marker">Of the tool.</param>
    /// <returns>How many.</returns>
    public int EndOrphans(string marker)
    {
        Space? here;
        lock (gate) here = spaces.LastOrDefault();
        return here?.HasOrphans() == true ? EnvironmentMarker.Find(ProcessTable.Read(), marker).Count(Kill) : 0;
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var space in spaces) space.Dispose();
            spaces.Clear();
        }
    }

    // One that is given up stays: the machine may only have been short of memory, and then tools still run in it.
    private Space Open(Space? gone)
    {
        lock (gate)
        {
            if (spaces.LastOrDefault() is { } last && last != gone) return last;
            spaces.Add(new Space());
            return spaces[^1];
        }
    }

    private static bool Kill(ProcessIdentity orphan)
    {
        using var handle = ProcessHandle.Open(orphan);
        return handle?.Signal(Signals.Kill) == true;
    }

    private sealed class Space : IDisposable
    {
        private const int CloseOnExec = 0x80000;
        private const int None = -1;
        private readonly AnonymousPipeServerStream lifeline = new(PipeDirection.Out, HandleInheritability.None);
        private readonly int init;

        public Space()
        {
            try
            {
                init = ChildProcess.OpenNamespace(NamespaceInit.Launch(lifeline, new Dictionary<string, string>()));
                lifeline.DisposeLocalCopyOfClientHandle();
                Descriptor = Describe(init);
            }
            catch (Win32Exception)
            {
                Dispose();
                throw;
            }
        }

        public int Descriptor { get; } = None;

        // Who loses its parent in a namespace becomes a child of the init there.
        public bool HasOrphans()
        {
            try
            {
                return File.ReadAllBytes($"/proc/{init}/task/{init}/children").Length > 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The init was ended, and all others with it, or the kernel does not tell.
                return Directory.Exists($"/proc/{init}");
            }
        }

        public void Dispose()
        {
            if (Descriptor != None) LibC.Close(Descriptor);
            lifeline.Dispose();
            if (init == 0) return;
            // It is still to be reaped, so its id is nobody else's.
            LibC.Kill(init, Signals.Kill);
            ChildProcess.Reap(init);
        }

        private static unsafe int Describe(int init)
        {
            using var path = new NativeStrings([$"/proc/{init}/ns/pid"]);
            var descriptor = LibC.Open(path.Pointer[0], CloseOnExec, 0);
            return descriptor != None ? descriptor : throw new Win32Exception(ChildProcess.NamespaceIsGone);
        }
    }
}
