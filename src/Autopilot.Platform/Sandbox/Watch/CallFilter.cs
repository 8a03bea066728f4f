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
    private const uint WritingFlags = 0x243; // of open: to write, to read and write, to create, to cut
    private const uint FileSizeLimit = 1;

    /// <summary>Whether the numbers of the calls are known for this architecture.</summary>
    public static bool IsKnown => WatchedCall.All.Any(call => call.Number is not null);

    /// <summary>The number of the call that installs a filter.</summary>
    public static nint SeccompNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;

    private static uint AuditArchitecture => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0xC00000B7 : 0xC000003E;

    /// <summary>Puts the calling thread, and whatever comes of it, under the filter.</summary>
    /// <param name="program">From <see cref="Program(SandboxPolicy)"/>; empty for none.</param>
    /// <returns>The descriptor on which its calls are shown; null where there are none, or the kernel cannot do that.</returns>
    public static int? Install(ulong[] program)
    {
        if (program.Length == 0) return null;
        LibC.Prctl(NoNewPrivileges, 1, 0, 0, 0);
        fixed (ulong* start = program)
        {
            var header = new ProgramHeader { Length = (ushort)program.Length, Start = start };
            var listener = LibC.SystemCall(SeccompNumber, ModeFilter, NewListener | WaitKillable, (nint)(&header), 0);
            if (listener < 0) listener = LibC.SystemCall(SeccompNumber, ModeFilter, NewListener, (nint)(&header), 0);
            return listener < 0 ? null : (int)listener;
        }
    }

    /// <summary>What can be looked at here: where a call that was looked at can still be interrupted (before Linux 5.19), those of ordinary programs are not shown.</summary>
    public static SandboxWatch Possible(SandboxWatch wanted) =>
        wanted == SandboxWatch.Changes && Environment.OSVersion.Version < new Version(5, 19) ? SandboxWatch.Rare : wanted;

    /// <summary>The program for a policy and this user; empty where the numbers of the calls are not known.</summary>
    public static ulong[] Program(SandboxPolicy policy) =>
        IsKnown && policy.Watch != SandboxWatch.Off ? Program(policy.Watch, LibC.EffectiveUser(), showsConnections: !policy.Network.Everywhere) : [];

    /// <summary>The program: calls of another architecture and numbers that are not listed are allowed.</summary>
    /// <remarks>A call that is shown can be interrupted by a signal until it is looked at, so as few as possible are.</remarks>
    internal static ulong[] Program(SandboxWatch watch, uint user, bool showsConnections)
    {
        List<(ushort Code, int IfTrue, int IfFalse, uint Value)> program =
        [
            (Load, 0, 0, ArchitectureOffset),
            (JumpIfEqual, 0, ToAllow, AuditArchitecture),
            (Load, 0, 0, NumberOffset),
        ];
        foreach (var call in WatchedCall.All.Where(call => call.Number is not null && IsShown(call, watch, showsConnections)).DistinctBy(call => call.Number))
        {
            (ushort, int, int, uint)[] condition = [.. Condition(call, watch, user)];
            program.Add((JumpIfEqual, condition.Length == 0 ? ToNotify : 0, condition.Length, (uint)call.Number!));
            program.AddRange(condition);
        }

        program.Add((Return, 0, 0, Allow));
        program.Add((Return, 0, 0, Notify));
        return [.. program.Select((one, at) => Instruction(one.Code, Distance(one.IfTrue, at), Distance(one.IfFalse, at), one.Value))];

        byte Distance(int jump, int at) => (byte)(jump switch { ToAllow => program.Count - 3 - at, ToNotify => program.Count - 2 - at, _ => jump });
    }

    /// <summary>A program as a word of a command line.</summary>
    public static string Text(ulong[] program) => Convert.ToHexStringLower(MemoryMarshal.AsBytes(program.AsSpan()));

    /// <summary>The program that <see cref="Text"/> wrote.</summary>
    public static ulong[] Parse(string text) => [.. MemoryMarshal.Cast<byte, ulong>(Convert.FromHexString(text))];

    private static bool IsShown(WatchedCall call, SandboxWatch watch, bool showsConnections) => watch switch
    {
        SandboxWatch.Rare => call.IsRare,
        SandboxWatch.Changes => call.Kind != WatchedKind.Connect || showsConnections,
        _ => true,
    };

    // Of which arguments it is shown; each ends in a decision. Nothing for all.
    private static IEnumerable<(ushort Code, int IfTrue, int IfFalse, uint Value)> Condition(WatchedCall call, SandboxWatch watch, uint user) => call.Kind switch
    {
        WatchedKind.Namespace => [(Load, 0, 0, ArgumentOffset(call.Path)), (JumpIfBits, ToNotify, ToAllow, NewNamespaces)],
        WatchedKind.Identity => Foreign(call.Path, user),
        WatchedKind.Limit => [(Load, 0, 0, ArgumentOffset(1)), (JumpIfEqual, 0, ToAllow, FileSizeLimit), (Load, 0, 0, ArgumentOffset(2)), (JumpIfEqual, ToAllow, ToNotify, 0)],
        WatchedKind.Signal => [(Load, 0, 0, ArgumentOffset(call.Path + 1)), (JumpIfEqual, ToAllow, ToNotify, 0)],
        WatchedKind.Device when watch == SandboxWatch.Rare => [(Load, 0, 0, ArgumentOffset(call.Path + 1)), (JumpIfBits, ToNotify, ToAllow, DeviceBit)],
        WatchedKind.Owner when watch == SandboxWatch.Rare => Foreign(call.Path + 1, user),
        WatchedKind.Open when watch == SandboxWatch.Changes => [(Load, 0, 0, ArgumentOffset(call.Path + 1)), (JumpIfBits, ToNotify, ToAllow, WritingFlags)],
        _ => [],
    };

    private static (ushort Code, int IfTrue, int IfFalse, uint Value)[] Foreign(int argument, uint user) =>
        [(Load, 0, 0, ArgumentOffset(argument)), (JumpIfEqual, ToAllow, 0, user), (JumpIfEqual, ToAllow, ToNotify, uint.MaxValue)];

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
