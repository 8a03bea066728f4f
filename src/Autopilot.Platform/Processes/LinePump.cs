using System.Buffers;

namespace Autopilot.Platform.Processes;

/// <summary>Reads a stream to its end and hands it over line by line, in bounded memory, at the pace of the reader.</summary>
internal sealed class LinePump(Stream source, int maxLineBytes, Func<OutputLine, ValueTask>? onLine, OutputActivity activity)
{
    private const int InitialBuffer = 256 * 1024;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(InitialBuffer, Math.Max(maxLineBytes, 1)));
    private int filled;
    private long lost;

    /// <summary>Completes at the end of the stream.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                MakeRoom();
                var read = await source.ReadAsync(Room, cancellation);
                if (read == 0) break;
                activity.Touch();
                var scanned = filled;
                filled += read;
                await HandOver(scanned);
            }
            if (filled > 0) await Deliver(buffer.AsMemory(0, filled), filled + lost);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Beyond the longest line only its length counts: the room behind the kept part is used again and again.
    private bool IsOverlong => filled >= maxLineBytes;

    private Memory<byte> Room => buffer.AsMemory(filled);

    private void MakeRoom()
    {
        if (filled == 0 && buffer.Length > 2 * InitialBuffer) Exchange(InitialBuffer);
        if (filled < buffer.Length) return;
        Exchange(Math.Max(buffer.Length * 2L, filled + 4096L));
    }

    private void Exchange(long size)
    {
        var next = ArrayPool<byte>.Shared.Rent((int)Math.Min(size, (long)maxLineBytes + InitialBuffer));
        buffer.AsSpan(0, filled).CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }

    private async ValueTask HandOver(int scanned)
    {
        var start = 0;
        for (var end = EndOfLine(scanned); end >= 0;)
        {
            var next = EndOfLine(end + 1);
            await Deliver(buffer.AsMemory(start, end - start), end - start + lost, moreFollow: next >= 0);
            lost = 0;
            start = end + 1;
            end = next;
        }
        if (start > 0) buffer.AsSpan(start, filled - start).CopyTo(buffer);
        filled -= start;
        if (!IsOverlong) return;
        lost += filled - maxLineBytes;
        filled = maxLineBytes;
    }

    private int EndOfLine(int from) => buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') is var at && at < 0 ? -1 : from + at;

    private async ValueTask Deliver(ReadOnlyMemory<byte> bytes, long length, bool moreFollow = false)
    {
        if (onLine is null) return;
        var delivery = onLine(new OutputLine(bytes.Length > maxLineBytes ? bytes[..maxLineBytes] : bytes, length, moreFollow));
        if (delivery.IsCompletedSuccessfully) return;
        using (activity.Delivering()) await delivery;
    }
}
