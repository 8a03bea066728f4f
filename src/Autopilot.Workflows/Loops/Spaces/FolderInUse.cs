using Autopilot.Core;
using Autopilot.Platform.Locks;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>A folder of the user's in which a loop works: one at a time, for two could not tell their changes apart.</summary>
/// <param name="lockFile">Where its lock is.</param>
internal sealed class FolderInUse(string folder, string lockFile) : IDisposable
{
    private FileLock? held;

    /// <exception cref="UserErrorException">Another loop works there.</exception>
    public void Take()
    {
        if (held is not null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        held = FileLock.TryAcquire(lockFile) ?? throw new UserErrorException($"Another loop works in {folder} ({FileLock.HolderOf(lockFile)?.ToString() ?? "another process"}). Wait for it, or stop it.", ExitCodes.Refused);
    }

    public void Dispose()
    {
        held?.Dispose();
        held = null;
    }
}
