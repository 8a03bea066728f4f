using System.Runtime.InteropServices;

namespace Autopilot.Platform.Processes.Native;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessagePart
{
    public void* Base;
    public nuint Length;
}
