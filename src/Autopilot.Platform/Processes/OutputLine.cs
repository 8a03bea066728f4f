namespace Autopilot.Platform.Processes;

/// <summary>One line of output, without its end. The memory is valid only during the callback.</summary>
/// <param name="Bytes">As written; may be invalid UTF-8.</param>
/// <param name="Length">Its true length in bytes, more than <paramref name="Bytes"/> when the line was cut.</param>
/// <param name="MoreFollow">The next line has come already and is handed over at once after this one.</param>
public readonly record struct OutputLine(ReadOnlyMemory<byte> Bytes, long Length, bool MoreFollow = false)
{
    public bool IsCut => Length > Bytes.Length;

    /// <summary>The text, with U+FFFD for what is not UTF-8.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Bytes.Span);
}
