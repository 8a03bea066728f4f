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
        using var batch = new AtomicBatch();
        batch.Add(path, content);
        batch.Complete();
    }
}
