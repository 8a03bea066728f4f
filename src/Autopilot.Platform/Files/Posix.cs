using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Autopilot.Platform.Files;

/// <summary>The few system calls on files that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int ExclusiveNow = 2 | 4; // LOCK_EX | LOCK_NB
    public const int WouldBlock = 11; // EAGAIN on Linux
    public const int WouldBlockMac = 35; // EAGAIN on macOS

    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int SizeOfStatx = 256;
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    private static readonly int AtOnce = OperatingSystem.IsMacOS() ? 0x4 : 0x800; // O_NONBLOCK
    private static readonly int OnlyFolder = OperatingSystem.IsMacOS() ? 0x100000 : IsArm ? 0x4000 : 0x10000; // O_DIRECTORY
    private static readonly int NoLink = OperatingSystem.IsMacOS() ? 0x100 : IsArm ? 0x8000 : 0x20000; // O_NOFOLLOW

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
    public static SafeFileHandle OpenUnlocked(string path, bool forWriting) => Opened(path, forWriting ? ReadWrite : ReadOnly) ?? throw NotOpened(path);

    /// <summary>Opens an existing file to read it, without the lock and the questions to the system that .NET's own streams cost.</summary>
    /// <returns>Null when it may not be read.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle? TryOpenUnlocked(string path)
    {
        const int NotPermitted = 1, Closed = 13; // EPERM, EACCES
        return Opened(path, ReadOnly) ?? (Marshal.GetLastPInvokeError() is NotPermitted or Closed ? null : throw NotOpened(path));
    }

    /// <summary>Opens what is there to read it, without waiting for a writer if it is a pipe.</summary>
    /// <returns>Null when there is nothing that may be opened so.</returns>
    /// <exception cref="IOException">It is there, and cannot be opened for a reason of the machine's.</exception>
    public static SafeFileHandle? OpenAtOnce(string path) => Opened(path, ReadOnly | AtOnce) ?? Absent(path);

    /// <summary>As <see cref="OpenAtOnce"/>, following no link below the folder.</summary>
    public static SafeFileHandle? OpenBelow(string folder, string relative)
    {
        var names = relative.Split('/');
        var at = Opened(folder, ReadOnly | OnlyFolder) ?? Absent(folder);
        foreach (var name in names[..^1]) at = Next(at, name, OnlyFolder);
        return Next(at, names[^1], AtOnce);
    }

    /// <summary>Nothing there, no way to it, or closed to us; too many open files, say, is another matter.</summary>
    private static SafeFileHandle? Absent(string path)
    {
        const int NotPermitted = 1, NotThere = 2, NobodyWaits = 6, Closed = 13, NoDevice = 19, NotAFolder = 20, ALink = 40, ALinkOnMac = 62; // EPERM, ENOENT, ENXIO, EACCES, ENODEV, ENOTDIR, ELOOP
        return Marshal.GetLastPInvokeError() is NotPermitted or NotThere or NobodyWaits or Closed or NoDevice or NotAFolder or ALink or ALinkOnMac ? null : throw NotOpened(path);
    }

    private static SafeFileHandle? Next(SafeFileHandle? folder, string name, int how)
    {
        if (folder is null) return null;
        using (folder) return Owned(OpenAt(folder, name, ReadOnly | how | NoLink | CloseOnExec)) ?? Absent(name);
    }

    private static SafeFileHandle? Opened(string path, int how) => Owned(Open(path, how | CloseOnExec));

    private static SafeFileHandle? Owned(int descriptor) => descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;

    private static IOException NotOpened(string path) => new($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");

    /// <summary>Who owns what is at a path, a link itself included; Linux only.</summary>
    /// <returns>The user's number; null when there is nothing, or the system does not tell.</returns>
    public static unsafe uint? OwnerOf(string path)
    {
        const int OwnerOffset = 20;
        const uint Owner = 8;
        var status = stackalloc byte[SizeOfStatx];
        return Statx(CurrentFolder, path, NoFollow, Owner, status) == 0 ? *(uint*)(status + OwnerOffset) : null;
    }

    /// <summary>What is at a path, a link itself included; Linux only.</summary>
    /// <returns>Null when there is nothing.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static unsafe FileStamp? StampOf(string path)
    {
        const uint Basic = 0x7ff;
        const int ModeOffset = 28, NumberOffset = 32, SizeOffset = 40, ChangedOffset = 96, WrittenOffset = 112;
        const int NotThere = 2, NoFolder = 20; // ENOENT, ENOTDIR
        var status = stackalloc byte[SizeOfStatx];
        if (Statx(CurrentFolder, path, NoFollow, Basic, status) != 0)
            return Marshal.GetLastPInvokeError() is NotThere or NoFolder ? null : throw new IOException($"{path} cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}.");
        var mode = *(ushort*)(status + ModeOffset);
        return new FileStamp(KindOf(mode), (UnixFileMode)(mode & 0xfff), *(long*)(status + SizeOffset), Time(status + WrittenOffset), Time(status + ChangedOffset), *(ulong*)(status + NumberOffset));
    }

    private static FileKind KindOf(ushort mode) => (mode & 0xf000) switch { 0x8000 => FileKind.File, 0x4000 => FileKind.Folder, 0xa000 => FileKind.Link, _ => FileKind.Other };

    private static unsafe long Time(byte* at) => (*(long*)at * 1_000_000_000) + *(uint*)(at + sizeof(long));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(SafeHandle folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
