using System.Runtime.InteropServices;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>The seccomp filter that has the watched calls shown out here before the kernel decides on them; all others pass at full speed.</summary>
internal static unsafe class CallFilter
{
    private const int NoNewPrivileges = 38;
    private const nint ModeFilter = 1;
    private const nint NewListener = 1 << 3;
    private const nint WaitKillable = 1 << 5;
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfBits = 0x45, Return = 0x06;
    private const uint NumberOffset = 0, ArchitectureOffset = 4;
    private const int ToAllow = -1, ToNotify = -2;
    private const uint NewNamespaces = 0x7E020000; // CLONE_NEW*; the bit of CLONE_NEWTIME is clone's for the signal at its end
    private const uint DeviceBit = 0x2000; // of block and character devices, and of nothing else that mknod makes
    private const uint Allow = 0x7fff0000, Notify = 0x7fc00000;

    /// <summary>Whether the numbers of the calls are known for this architecture.</summary>
    public static bool IsKnown => WatchedCall.All.Any(call => call.Number is not null);

    /// <summary>The number of the call that installs a filter.</summary>
    public static nint SeccompNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;

    private static uint AuditArchitecture => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0xC00000B7 : 0xC000003E;

    /// <summary>Puts the calling thread, and whatever comes of it, under the filter.</summary>
    /// <param name="rareOnly">Whether only rare calls are shown, with arguments that ordinary programs do not use.</param>
    /// <returns>The descriptor on which its calls are shown; null where the kernel cannot do that.</returns>
    public static int? Install(bool rareOnly)
    {
        if (!IsKnown) return null;
        var program = Program(rareOnly, LibC.EffectiveUser());
        LibC.Prctl(NoNewPrivileges, 1, 0, 0, 0);
        fixed (ulong* start = program)
        {
            var header = new ProgramHeader { Length = (ushort)program.Length, Start = start };
            var listener = LibC.SystemCall(SeccompNumber, ModeFilter, NewListener | WaitKillable, (nint)(&header), 0);
            if (listener < 0) listener = LibC.SystemCall(SeccompNumber, ModeFilter, NewListener, (nint)(&header), 0);
            return listener < 0 ? null : (int)listener;
        }
    }

    /// <summary>The program: calls of another architecture and numbers that are not listed are allowed.</summary>
    /// <remarks>A call that is shown can be interrupted by a signal until it is looked at, so ordinary ones must not be shown at all.</remarks>
    internal static ulong[] Program(bool rareOnly, uint user)
    {
        List<(ushort Code, int IfTrue, int IfFalse, uint Value)> program =
        [
            (Load, 0, 0, ArchitectureOffset),
            (JumpIfEqual, 0, ToAllow, AuditArchitecture),
            (Load, 0, 0, NumberOffset),
        ];
        foreach (var call in WatchedCall.All.Where(call => call.Number is not null && (call.IsRare || !rareOnly)).DistinctBy(call => call.Number))
        {
            (ushort, int, int, uint)[] condition = rareOnly ? [.. Condition(call, user)] : [];
            program.Add((JumpIfEqual, condition.Length == 0 ? ToNotify : 0, condition.Length, (uint)call.Number!));
            program.AddRange(condition);
        }

        program.Add((Return, 0, 0, Allow));
        program.Add((Return, 0, 0, Notify));
        return [.. program.Select((one, at) => Instruction(one.Code, Distance(one.IfTrue, at), Distance(one.IfFalse, at), one.Value))];

        byte Distance(int jump, int at) => (byte)(jump switch { ToAllow => program.Count - 3 - at, ToNotify => program.Count - 2 - at, _ => jump });
    }

    // What makes a call a rare one; each ends in a decision.
    private static IEnumerable<(ushort Code, int IfTrue, int IfFalse, uint Value)> Condition(WatchedCall call, uint user) => call.Kind switch
    {
        WatchedKind.Namespace => [(Load, 0, 0, ArgumentOffset(call.Path)), (JumpIfBits, ToNotify, ToAllow, NewNamespaces)],
        WatchedKind.Device => [(Load, 0, 0, ArgumentOffset(call.Path + 1)), (JumpIfBits, ToNotify, ToAllow, DeviceBit)],
        WatchedKind.Identity => [(Load, 0, 0, ArgumentOffset(call.Path)), (JumpIfEqual, ToAllow, 0, user), (JumpIfEqual, ToAllow, ToNotify, uint.MaxValue)],
        _ => [],
    };

    // The lower half, as both architectures have it first.
    private static uint ArgumentOffset(int argument) => 16 + (8 * (uint)argument);

    private static ulong Instruction(ushort code, byte jumpTrue, byte jumpFalse, uint value) => code | ((ulong)jumpTrue << 16) | ((ulong)jumpFalse << 24) | ((ulong)value << 32);

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public ushort Length;
        public ulong* Start;
    }
}
