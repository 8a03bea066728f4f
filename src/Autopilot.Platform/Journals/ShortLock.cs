using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Autopilot.Platform.Journals;

/// <summary>A lock between processes for work of microseconds: it spins, then naps, and gives up with a message instead of hanging.</summary>
/// <remarks>The operating system releases it when its holder dies, however it dies.</remarks>
public sealed class ShortLock : IDisposable
{
    /// <summary>After so long its holder is stuck, not slow.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SafeFileHandle handle;

    private ShortLock(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The lock file; created, never removed.</param>
    /// <param name="patience">Zero tries once and does not wait.</param>
    /// <param name="cancellation">Ends the wait; a lock that is free is taken all the same.</param>
    /// <returns>Null when its holder did not let go of it for so long.</returns>
    /// <exception cref="IOException">The file cannot be made, or cannot be locked.</exception>
    public static ShortLock? TryTake(string path, TimeSpan patience, CancellationToken cancellation = default)
    {
        var file = JournalSystemCalls.OpenLockFile(path);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var spinner = new SpinWait();
            while (!JournalSystemCalls.TryLock(file))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(start) >= patience)
                {
                    file.Dispose();
                    return null;
                }

                spinner.SpinOnce();
            }

            return new ShortLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => handle.Dispose();
}
