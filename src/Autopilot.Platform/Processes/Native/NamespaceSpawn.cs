using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autopilot.Platform.Processes.Native;

/// <summary>Starts children in another pid namespace than this process's: in a new one, or in one that is there.</summary>
/// <remarks>
/// Between the two changes of namespace the calling thread cannot create threads, and the runtime ends the process when it wants one and gets
/// none. It may want one whenever managed code runs for the first time. So between the two there is no managed call at all: only
/// calls through function pointers, in a method that is compiled beforehand and was run once without effect.
/// </remarks>
internal static unsafe class NamespaceSpawn
{
    private const int NewPidNamespace = 0x20000000;
    private const int CloseOnExec = 0x80000;
    private static readonly nint Library = NativeLibrary.Load("libc", typeof(LibC).Assembly, null);
    private static readonly delegate* unmanaged<int, int> Unshare = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(Library, "unshare");
    private static readonly delegate* unmanaged<int, int, int> SetNamespace = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(Library, "setns");
    private static readonly delegate* unmanaged<int*, byte*, void*, void*, byte**, byte**, int> Spawn =
        (delegate* unmanaged<int*, byte*, void*, void*, byte**, byte**, int>)NativeLibrary.GetExport(Library, "posix_spawn");
    private static readonly int OwnNamespace = OpenOwnNamespace();
    private static readonly byte* EmptyPath = (byte*)NativeMemory.AllocZeroed(1);
    private static readonly byte** NoStrings = (byte**)NativeMemory.AllocZeroed((nuint)sizeof(byte*));

    // Compiles everything on the way, and changes nothing: no flags, and a path that does not exist.
    static NamespaceSpawn() => Run(NewOne, 0, Missing, Missing);

    private const int NewOne = -1;

    private static NativeLaunch.Prepared Missing => new(EmptyPath, null, null, NoStrings, NoStrings);

    /// <summary>True when this process may make pid namespaces.</summary>
    public static bool IsPossible() => OwnNamespace >= 0 && Run(NewOne, NewPidNamespace, Missing, default) is { Entered: 0, Restored: 0 };

    /// <summary>Starts the init of a new namespace, and then the program in it.</summary>
    public static Result Start(NativeLaunch.Prepared init, NativeLaunch.Prepared program) => Run(NewOne, NewPidNamespace, init, program);

    /// <summary>Starts the init of a new namespace, as the first of the result.</summary>
    public static Result Open(NativeLaunch.Prepared init) => Run(NewOne, NewPidNamespace, init, default);

    /// <summary>Starts a program in a namespace that is there, as the first of the result.</summary>
    /// <param name="space">A descriptor of the namespace.</param>
    public static Result Enter(int space, NativeLaunch.Prepared program) => Run(space, NewPidNamespace, program, default);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Result Run(int space, int flags, NativeLaunch.Prepared first, NativeLaunch.Prepared second)
    {
        int firstPid = 0, secondPid = 0, firstError = 0, secondError = 0;
        var unshare = Unshare;
        var setNamespace = SetNamespace;
        var spawn = Spawn;
        var own = OwnNamespace;
        var entered = space == NewOne ? unshare(flags) : setNamespace(space, flags);
        if (entered == 0)
        {
            firstError = spawn(&firstPid, first.Path, first.Actions, first.Attributes, first.Arguments, first.Environment);
            if (firstError == 0 && second.Path != null)
                secondError = spawn(&secondPid, second.Path, second.Actions, second.Attributes, second.Arguments, second.Environment);
        }
        var restored = setNamespace(own, NewPidNamespace);
        return new Result(entered, firstError == 0 ? firstPid : 0, firstError == 0 && secondError == 0 ? secondPid : 0, firstError != 0 ? firstError : secondError, restored);
    }

    private static int OpenOwnNamespace()
    {
        fixed (byte* path = "/proc/self/ns/pid\0"u8) return LibC.Open(path, CloseOnExec, 0);
    }

    /// <summary>What became of it; process ids are 0 for what does not run, the error is that of posix_spawn.</summary>
    internal readonly record struct Result(int Entered, int First, int Second, int SpawnError, int Restored)
    {
        private const int NotPermitted = 1;

        public int Error => Entered != 0 ? NotPermitted : SpawnError;
    }
}
