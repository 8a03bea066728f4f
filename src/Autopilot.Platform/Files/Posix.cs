using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Autopilot.Platform.Files;

/// <summary>The few system calls on files that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int ExclusiveNow = 2 | 4; // LOCK_EX | LOCK_NB
    public const int WouldBlock = 11; // EAGAIN on Linux
    public const int WouldBlockMac = 35; // EAGAIN on macOS

    private const int ReadOnly = 0;
    private const int ReadWrite = 2;

    /// <summary>Makes renames and creations in a folder durable.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        try
        {
            if (Sync(descriptor) != 0) throw new IOException($"{folder} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Opens an existing file without the lock that .NET's own streams take, which would stand in the way of ours.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenUnlocked(string path, bool forWriting)
    {
        var closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var descriptor = Open(path, (forWriting ? ReadWrite : ReadOnly) | closeOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Who owns what is at a path, a link itself included; Linux only.</summary>
    /// <returns>The user's number; null when there is nothing, or the system does not tell.</returns>
    public static unsafe uint? OwnerOf(string path)
    {
        const int CurrentFolder = -100, NoFollow = 0x100, SizeOfStatx = 256, OwnerOffset = 20;
        const uint Owner = 8;
        var status = stackalloc byte[SizeOfStatx];
        return Statx(CurrentFolder, path, NoFollow, Owner, status) == 0 ? *(uint*)(status + OwnerOffset) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
