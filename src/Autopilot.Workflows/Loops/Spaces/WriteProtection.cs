namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Takes the write bits of a checkout away while somebody who must not change it works there. It holds nobody who is root; what was changed is seen afterwards in any case.</summary>
internal static class WriteProtection
{
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Says, also after a crash, that the protection must be lifted. It stands where agents may write.</summary>
    private static string MarkOf(string folder) => Path.Combine(folder, ".autopilot", "write-protected");

    /// <summary>Protects everything but the folders of git and of Autopilot, in which artefacts are left.</summary>
    public static void Put(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path.GetDirectoryName(MarkOf(folder))!);
        File.WriteAllText(MarkOf(folder), "");
        foreach (var entry in Entries(folder)) File.SetUnixFileMode(entry.FullName, entry.UnixFileMode & ~Write);
    }

    /// <summary>Gives the owner the right to write back; nothing where there is no protection.</summary>
    public static void Lift(string folder)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(MarkOf(folder))) return;
        foreach (var entry in Entries(folder)) File.SetUnixFileMode(entry.FullName, entry.UnixFileMode | UnixFileMode.UserWrite);
        File.Delete(MarkOf(folder));
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        var root = new DirectoryInfo(folder);
        var open = new Stack<DirectoryInfo>([root]);
        yield return root;
        while (open.TryPop(out var at))
        {
            foreach (var entry in at.EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null || (at.FullName == root.FullName && entry.Name is ".git" or ".autopilot")) continue;
                yield return entry;
                if (entry is DirectoryInfo inner) open.Push(inner);
            }
        }
    }
}
