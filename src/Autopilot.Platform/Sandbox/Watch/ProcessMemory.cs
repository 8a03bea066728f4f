using System.Text;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>Reads from the memory of a process that waits.</summary>
internal static unsafe class ProcessMemory
{
    private const int PageSize = 4096;

    /// <summary>The text at an address, up to its end or 4 KiB; null when there is none.</summary>
    public static string? Text(int process, ulong address)
    {
        if (Read(process, address, PageSize) is not { Length: > 0 } bytes) return null;
        var end = Array.IndexOf(bytes, (byte)0);
        return end < 0 ? null : Encoding.UTF8.GetString(bytes, 0, end);
    }

    /// <summary>As many of the bytes at an address as can be read.</summary>
    public static byte[] Read(int process, ulong address, int length)
    {
        if (address == 0 || length <= 0) return [];
        var buffer = new byte[length];
        // In two parts, cut where a page ends: the second may not be there.
        var first = (int)Math.Min((ulong)length, PageSize - (address % PageSize));
        fixed (byte* start = buffer)
        {
            var local = new MessagePart { Base = start, Length = (nuint)length };
            var remote = stackalloc MessagePart[2];
            remote[0] = new MessagePart { Base = (void*)address, Length = (nuint)first };
            remote[1] = new MessagePart { Base = (void*)(address + (ulong)first), Length = (nuint)(length - first) };
            var read = LibC.ReadProcessMemory(process, &local, 1, remote, first == length ? 1u : 2u, 0);
            return read <= 0 ? [] : read == length ? buffer : buffer[..(int)read];
        }
    }
}
