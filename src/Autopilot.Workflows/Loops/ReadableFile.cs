using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops;

/// <summary>Files for readers: whole or not at all.</summary>
internal static class ReadableFile
{
    /// <summary>Not flushed to the disk: after a power loss all of it is written anew from the journal.</summary>
    /// <param name="text">It must have passed redaction.</param>
    public static void Replace(string path, string text)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
