using Microsoft.Win32.SafeHandles;

namespace Autopilot.Platform.Files;

/// <summary>Reads files in folders where somebody else may put anything: a pipe, which would make its reader wait for ever, or a link that leads outside.</summary>
public static class RegularFile
{
    /// <summary>Opens what is at a path and does not wait for anybody.</summary>
    /// <returns>Null when there is nothing, it is no file that has a length, or it may not be read.</returns>
    /// <exception cref="IOException">It cannot be opened for another reason, such as too many open files.</exception>
    public static SafeFileHandle? Open(string path) => Checked(OperatingSystem.IsWindows() ? Opened(path) : Posix.OpenAtOnce(path));

    /// <summary>As <see cref="Open"/>, for a path below a folder: no link on the way to it, nor it itself, is followed.</summary>
    /// <param name="relative">With forward slashes, and without .. in it.</param>
    public static SafeFileHandle? OpenBelow(string folder, string relative)
    {
        if (!OperatingSystem.IsWindows()) return Checked(Posix.OpenBelow(folder, relative));
        var path = Path.Combine(folder, relative);
        for (var at = path; at.Length > folder.Length; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(at).LinkTarget is not null) return null;
        return Checked(Opened(path));
    }

    /// <summary>The whole content.</summary>
    /// <param name="most">A longer file is not read.</param>
    /// <returns>Null as for <see cref="OpenBelow"/>, or when it is longer.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[]? ReadBelow(string folder, string relative, int most)
    {
        using var file = OpenBelow(folder, relative);
        return file is null ? null : Content(file, most);
    }

    /// <inheritdoc cref="ReadBelow"/>
    public static byte[]? Read(string path, int most)
    {
        using var file = Open(path);
        return file is null ? null : Content(file, most);
    }

    private static byte[]? Content(SafeFileHandle file, int most)
    {
        if (RandomAccess.GetLength(file) is var length && length > most) return null;
        var content = new byte[length];
        var read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var more) read += more;
        return content[..read];
    }

    // A pipe, a socket or a terminal has no length.
    private static SafeFileHandle? Checked(SafeFileHandle? file)
    {
        if (file is null) return null;
        try
        {
            _ = RandomAccess.GetLength(file);
            if (!File.GetAttributes(file).HasFlag(FileAttributes.Directory)) return file;
        }
        catch (NotSupportedException)
        {
            // No file: let go of below.
        }

        file.Dispose();
        return null;
    }

    private static SafeFileHandle? Opened(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
