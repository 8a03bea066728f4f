using Autopilot.Core;
using Autopilot.Platform.Locks;

namespace Autopilot.Platform.Files;

/// <summary>A temporary folder that lives as long as this process: prompts, sockets and decoys of sessions lie there.</summary>
/// <remarks>The process holds a lock in it, so that the next one knows what the dead have left behind, and removes it.</remarks>
public sealed class ScratchSpace : IDisposable
{
    private const string Prefix = "autopilot-";
    private const string LockFile = ".lock";
    private static readonly Lazy<ScratchSpace> Own = new(OfThisProcess);
    private readonly FileLock held;
    private int folders;

    /// <param name="parent">Where the temporary folders of all processes are.</param>
    public ScratchSpace(string parent)
    {
        try
        {
            PrivateFolder.Create(parent);
            Path = Begin(parent, out held);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new UserErrorException($"The temporary folder {parent} cannot be used: {error.Message} Make it writable and free some space there, or name another one in TMPDIR.", ExitCodes.Failed, error);
        }
    }

    /// <summary>The folder, which only its owner may enter.</summary>
    public string Path { get; }

    /// <summary>A path in the folder of this process that no one else is given. There is nothing yet.</summary>
    /// <param name="kind">What it is for, as part of its name.</param>
    public static string NewPath(string kind) => System.IO.Path.Combine(Own.Value.Path, $"{kind}-{Interlocked.Increment(ref Own.Value.folders)}");

    /// <summary>A new folder at such a path, which only its owner may enter.</summary>
    public static DirectoryInfo NewFolder(string kind)
    {
        var path = NewPath(kind);
        PrivateFolder.Create(path);
        return new DirectoryInfo(path);
    }

    /// <summary>Removes what processes that are no more have left behind. What cannot be looked at or removed stays for the next one.</summary>
    /// <param name="parent">Where the temporary folders of all processes are.</param>
    public static void Sweep(string parent)
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
                // Of a folder that others may write the lock file could lead anywhere, and locking writes into it.
                if (PrivateFolder.IsOwn(folder) && File.Exists(System.IO.Path.Combine(folder, LockFile)))
                    SweepOne(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder whose entries cannot be listed, or that went away meanwhile: this process has its place there all the same.
        }
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        held.Dispose();
    }

    private static ScratchSpace OfThisProcess()
    {
        var parent = System.IO.Path.GetTempPath();
        var space = new ScratchSpace(parent);
        // Ten thousand files of others lie there on many a machine: whoever wants a folder need not wait until all are looked at.
        new Thread(() => Sweep(parent)) { Name = "Scratch sweep" }.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(space.Path);
        return space;
    }

    private static string Begin(string parent, out FileLock held)
    {
        string path;
        do path = System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}"[..20]);
        while (!TryHold(path, out held!));
        return path;
    }

    // Another process may take the new folder for that of a dead one and remove it, before it is locked.
    private static bool TryHold(string folder, out FileLock? held)
    {
        held = null;
        PrivateFolder.Create(folder);
        try
        {
            held = FileLock.TryAcquire(System.IO.Path.Combine(folder, LockFile));
        }
        catch (UserErrorException) when (!Directory.Exists(folder))
        {
            return false;
        }

        return held is not null && Directory.Exists(folder);
    }

    private static void SweepOne(string folder)
    {
        try
        {
            using var free = FileLock.TryAcquire(System.IO.Path.Combine(folder, LockFile));
            if (free is not null) Remove(folder);
        }
        catch (Exception error) when (error is UserErrorException or IOException)
        {
            // Another process removed it meanwhile, or the disk is full: what needs room says so itself.
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something still writes there, or was left unremovable: the next process tries again.
        }
    }
}
