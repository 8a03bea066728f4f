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
    private const ushort Load = 0x20, JumpIfEqual = 0x15, Return = 0x06;
    private const uint Allow = 0x7fff0000, Notify = 0x7fc00000;

    private static nint SeccompNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;

    private static uint AuditArchitecture => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0xC00000B7 : 0xC000003E;

    /// <summary>Puts the calling thread, and whatever comes of it, under the filter.</summary>
    /// <returns>The descriptor on which its calls are shown; null where the kernel cannot do that.</returns>
    public static int? Install()
    {
        var numbers = WatchedCall.All.Select(call => call.Number).OfType<int>().Distinct().ToArray();
        if (numbers.Length == 0) return null;
        var program = Program(numbers);
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
    internal static ulong[] Program(int[] numbers)
    {
        const uint architectureOffset = 4, numberOffset = 0;
        var program = new List<ulong>
        {
            Instruction(Load, 0, 0, architectureOffset),
            Instruction(JumpIfEqual, 0, (byte)(numbers.Length + 1), AuditArchitecture),
            Instruction(Load, 0, 0, numberOffset),
        };
        foreach (var (index, number) in numbers.Index()) program.Add(Instruction(JumpIfEqual, (byte)(numbers.Length - index), 0, (uint)number));
        program.Add(Instruction(Return, 0, 0, Allow));
        program.Add(Instruction(Return, 0, 0, Notify));
        return [.. program];
    }

    private static ulong Instruction(ushort code, byte jumpTrue, byte jumpFalse, uint value) => code | ((ulong)jumpTrue << 16) | ((ulong)jumpFalse << 24) | ((ulong)value << 32);

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public ushort Length;
        public ulong* Start;
    }
}
