using System.Text;

namespace Autopilot.Platform.Files;

/// <summary>Replaces files so that at every instant, power loss included, a reader finds the old content or the new, whole.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file readable by its owner only, durably, creating its folder where absent.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        var entered = Entered(folder);
        PrivateFolder.Create(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, CreatePrivate()))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        foreach (var each in entered) Posix.SyncFolder(each);
    }

    /// <summary>The folders that get an entry when a file is made in one: that one, and where it is to be made itself, the one above, and so on.</summary>
    internal static IReadOnlyList<string> Entered(string folder)
    {
        List<string> entered = [folder];
        while (!Directory.Exists(entered[^1]) && Path.GetDirectoryName(entered[^1]) is { } above) entered.Add(above);
        return entered;
    }

    private static FileStreamOptions CreatePrivate()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFolder.FileMode;
        return options;
    }
}
