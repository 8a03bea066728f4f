namespace Autopilot.Platform.Files;

/// <summary>
/// What the file system says of an entry, of a link itself and not of its target. A file whose stamp is as before, and was settled then, has
/// not been touched: size and time of writing are easily put back, but no program sets the time of the last change.
/// </summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When the content was written, in nanoseconds since 1970.</param>
/// <param name="Changed">When content, mode or name were last changed, in nanoseconds since 1970; 0 where the system does not tell.</param>
/// <param name="Number">Another file has another number; 0 where the system does not tell.</param>
public readonly record struct FileStamp(FileKind Kind, UnixFileMode Mode, long Length, long Written, long Changed, ulong Number)
{
    /// <summary>File systems stamp in steps of some milliseconds: what was changed as late may be changed again and look the same.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when there is nothing.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileStamp? Of(string path) => OperatingSystem.IsLinux() ? Posix.StampOf(path) : Portable(new FileInfo(path));

    /// <summary>Whether a change after this moment cannot have the same stamp.</summary>
    /// <param name="now">Before the stamp was taken.</param>
    public bool IsSettled(DateTimeOffset now) => (Changed != 0 ? Changed : Written) < Nanoseconds(now - Step);

    private static FileStamp? Portable(FileInfo entry)
    {
        if ((int)entry.Attributes == -1) return null;
        var kind = entry.LinkTarget is not null ? FileKind.Link : entry.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder : FileKind.File;
        return new FileStamp(kind, OperatingSystem.IsWindows() ? UnixFileMode.None : entry.UnixFileMode, kind == FileKind.File ? entry.Length : 0, Nanoseconds(new DateTimeOffset(entry.LastWriteTimeUtc)), 0, 0);
    }

    private static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
