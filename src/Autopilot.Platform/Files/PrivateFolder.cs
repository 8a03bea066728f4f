using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Files;

/// <summary>Folders that only their owner may enter: recordings and journals may hold what others should not read.</summary>
public static class PrivateFolder
{
    internal const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Creates the folder and those above it that are missing; an existing one keeps its permissions.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FolderMode);
    }

    /// <summary>Whether it is a folder of this user's, itself and not by a link, that no one else may enter.</summary>
    public static bool IsOwn(string path)
    {
        if (OperatingSystem.IsWindows() || new DirectoryInfo(path) is not { Exists: true, LinkTarget: null } folder || folder.UnixFileMode != FolderMode) return false;
        // Elsewhere only root can look into a private folder of somebody else's.
        return OperatingSystem.IsLinux() ? Posix.OwnerOf(path) == LibC.EffectiveUser() : LibC.EffectiveUser() != 0;
    }
}
