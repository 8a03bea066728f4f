using System.Text;

namespace Autopilot.Workflows.Loops;

/// <summary>
/// A readable file to which whole entries are added as they come, each time in one write. What is added is redacted together with what came
/// before it, so that a secret which begins in one and ends in the other is found: then, and when somebody changed the file, it is written anew.
/// </summary>
internal sealed class GrowingFile(string path, Func<string, string> redact)
{
    private object? source;
    private int written;
    private long size;
    private (string Raw, string Safe) last;

    /// <summary>Brings the file to what there is.</summary>
    /// <param name="from">Whose entries they are; another one's file is another.</param>
    /// <param name="head">What stands before the first entry.</param>
    /// <param name="count">How much there is now, by any measure.</param>
    /// <param name="textAfter">The text of the entries that came after so much.</param>
    public void Write(object from, string head, int count, Func<int, string> textAfter)
    {
        var isSame = ReferenceEquals(source, from);
        if (isSame && count == written) return;
        if (!isSame || !Add(textAfter(written))) Replace(head + textAfter(0));
        (source, written) = (from, count);
    }

    private bool Add(string text)
    {
        var safe = redact(last.Raw + text);
        if (!safe.StartsWith(last.Safe, StringComparison.Ordinal)) return false;
        safe = safe[last.Safe.Length..];
        if (!Append(Encoding.UTF8.GetBytes(safe))) return false;
        last = (text, safe);
        return true;
    }

    private bool Append(byte[] bytes)
    {
        if (!File.Exists(path)) return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length != size) return false;
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes);
        size += bytes.Length;
        return true;
    }

    private void Replace(string text)
    {
        var safe = redact(text);
        ReadableFile.Replace(path, safe);
        (size, last) = (Encoding.UTF8.GetByteCount(safe), (text, safe));
    }
}
