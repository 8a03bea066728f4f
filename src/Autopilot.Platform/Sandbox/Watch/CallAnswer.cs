using System.Runtime.InteropServices;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>struct seccomp_notif_resp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CallAnswer
{
    /// <summary>The kernel decides as if nobody had looked.</summary>
    public const uint Continue = 1;

    public ulong Id;
    public long Value;
    public int Error;
    public uint Flags;
}
