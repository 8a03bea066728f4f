using System.Buffers.Binary;
using System.Text;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>Notices that a file or a folder is read, by inotify. One for the whole program: a user may have few.</summary>
internal sealed unsafe class ReadWatch
{
    private const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const uint Access = 1;
    private const int HeaderSize = 16;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Action<string>> seen = [];
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly int descriptor;

    private ReadWatch(int descriptor) => this.descriptor = descriptor;

    /// <summary>Null where the system has none to give.</summary>
    public static ReadWatch? Shared { get; } = Open();

    /// <summary>Watches a path.</summary>
    /// <param name="path">Of a file that is not empty, or a folder.</param>
    /// <param name="read">Told by <see cref="Drain"/>, once at least, of what was read: of a folder the name in it, and nothing for the path itself.</param>
    /// <returns>For <see cref="Remove"/>; null when the system allows no more.</returns>
    public int? Add(string path, Action<string> read)
    {
        lock (gate)
            fixed (byte* start = Encoding.UTF8.GetBytes(path + '\0'))
            {
                var watch = LibC.NotifyAdd(descriptor, start, Access);
                if (watch < 0) return null;
                seen[watch] = read;
                return watch;
            }
    }

    /// <summary>Tells of what was read until now; when it returns, all of it has been told.</summary>
    public void Drain()
    {
        lock (gate)
            fixed (byte* start = buffer)
                while (LibC.Read(descriptor, start, (nuint)buffer.Length) is var length and > 0) Tell(buffer.AsSpan(0, (int)length));
    }

    public void Remove(IEnumerable<int> watches)
    {
        lock (gate)
            foreach (var watch in watches)
                if (seen.Remove(watch)) _ = LibC.NotifyRemove(descriptor, watch);
    }

    // struct inotify_event: watch, mask, cookie, length of the name that follows, which zeros fill up
    private void Tell(ReadOnlySpan<byte> events)
    {
        while (events.Length >= HeaderSize)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            var isRead = (BinaryPrimitives.ReadUInt32LittleEndian(events[4..]) & Access) != 0;
            if (isRead && seen.TryGetValue(BinaryPrimitives.ReadInt32LittleEndian(events), out var read)) read(Encoding.UTF8.GetString(events.Slice(HeaderSize, length)).TrimEnd('\0'));
            events = events[(HeaderSize + length)..];
        }
    }

    private static ReadWatch? Open() => OperatingSystem.IsLinux() && LibC.NotifyOpen(CloseOnExec | NonBlocking) is var descriptor and >= 0 ? new ReadWatch(descriptor) : null;
}
