using Autopilot.Platform.Processes;
using FsCheck.Fluent;

namespace Autopilot.Platform.Tests.Processes;

public sealed class LinePumpTests
{
    [Fact]
    public async Task Lines_come_out_as_they_went_in_however_the_stream_is_cut()
    {
        var lines = Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => value == '\n' ? (byte)' ' : (byte)value)));
        var cases = Gen.Zip(lines, Gen.Choose(1, 40));
        foreach (var (sent, chunk) in cases.Sample(300, 60))
            Assert.Equal(sent.Select(Convert.ToHexString), await Pumped(sent, chunk));
    }

    [Fact]
    public async Task A_line_of_100_MB_is_cut_with_its_true_length_and_the_next_is_whole()
    {
        var seen = new List<(int Kept, long Length)>();
        var before = GC.GetTotalAllocatedBytes();
        await Pump(new EndlessLine(100_000_000, "after\n"u8.ToArray()), 1_000_000, line => seen.Add((line.Bytes.Length, line.Length)));
        Assert.Equal([(1_000_000, 100_000_000), (5, 5)], seen);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [Fact]
    public async Task A_line_of_just_the_limit_is_not_cut()
    {
        var seen = new List<bool>();
        await Pump(new MemoryStream([.. new byte[1000], (byte)'\n', .. new byte[1001], (byte)'\n', .. new byte[1000]]), 1000, line => seen.Add(line.IsCut));
        Assert.Equal([false, true, false], seen);
    }

    [Fact]
    public async Task A_line_says_whether_the_next_has_come_already()
    {
        var seen = new List<bool>();
        await Pump(new Chunks("a\nb\nc\nd\ne"u8.ToArray(), 5), 1000, line => seen.Add(line.MoreFollow));
        // "a\nb\nc", "\nd\ne", and the end.
        Assert.Equal([true, false, true, false, false], seen);
    }

    private static async Task<List<string>> Pumped(byte[][] lines, int chunk)
    {
        var seen = new List<string>();
        var bytes = lines.SelectMany(line => line.Append((byte)'\n')).ToArray();
        await Pump(new Chunks(bytes, chunk), 1 << 20, line => seen.Add(Convert.ToHexString(line.Bytes.Span)));
        return seen;
    }

    private static Task Pump(Stream stream, int limit, Action<OutputLine> onLine) =>
        new LinePump(stream, limit, line => { onLine(line); return ValueTask.CompletedTask; }, new OutputActivity(TimeProvider.System)).Run(CancellationToken.None);

    private sealed class Chunks(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }

    private sealed class EndlessLine(long length, byte[] after) : MemoryStream
    {
        private readonly MemoryStream rest = new([(byte)'\n', .. after]);
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left == 0) return rest.ReadAsync(buffer, cancellationToken);
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Fill((byte)'x');
            left -= count;
            return ValueTask.FromResult(count);
        }
    }
}
