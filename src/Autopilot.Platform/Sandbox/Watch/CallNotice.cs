using System.Runtime.InteropServices;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>struct seccomp_notif: one call that waits to be let through.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallNotice
{
    public ulong Id;
    public int Process;
    public uint Flags;
    public int Number;
    public uint Architecture;
    public ulong InstructionPointer;
    public fixed ulong Arguments[6];
}
