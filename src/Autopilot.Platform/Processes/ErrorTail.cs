using System.Text;
using Autopilot.Core.Redaction;

namespace Autopilot.Platform.Processes;

/// <summary>The last lines of stderr: cut off from what stood before them, so that a private key among them is masked here.</summary>
internal sealed class ErrorTail
{
    private const int MaxLines = 20;
    private const int MaxLineBytes = 4096;
    private readonly Queue<string> lines = new(MaxLines);
    private readonly PrivateKeyPieces keys = new();

    public void Add(OutputLine line)
    {
        var bytes = line.Bytes.Span;
        lock (lines)
        {
            if (lines.Count == MaxLines) lines.Dequeue();
            lines.Enqueue(keys.Next(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaxLineBytes)])));
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines) return [.. lines];
        }
    }
}
