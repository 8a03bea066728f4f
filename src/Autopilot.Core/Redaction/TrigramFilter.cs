using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autopilot.Core.Redaction;

/// <summary>
/// Finds the places where an anchor may stand: one hash and one table look-up per byte, whatever the number of rules.
/// </summary>
internal sealed class TrigramFilter
{
    private const int Bits = 15;
    /// <summary>The number of hashes there are.</summary>
    public const int Size = 1 << Bits;

    private readonly byte[] _marked = new byte[Size];

    public TrigramFilter(IEnumerable<uint> trigrams)
    {
        foreach (var trigram in trigrams)
            _marked[Hash(trigram)] = 1;
    }

    /// <summary>The hash of the three low bytes.</summary>
    public static int Hash(uint trigram) => (int)((trigram << 8) * 0x9E3779B1u >> (32 - Bits));

    public static uint Read(ReadOnlySpan<byte> text, int at) => text[at] | (uint)text[at + 1] << 8 | (uint)text[at + 2] << 16;

    /// <summary>The next offset, from <paramref name="from"/> on, where an anchor may stand; -1 if there is none in the text.</summary>
    public int Next(ReadOnlySpan<byte> text, int from)
    {
        // Without bounds checks, and with one branch for four bytes: this loop runs over every byte that is ever written.
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var marked = ref MemoryMarshal.GetArrayDataReference(_marked);
        var at = from;
        for (; at <= text.Length - 8; at += 4)
        {
            var bytes = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
            var any = Unsafe.Add(ref marked, Hash((uint)bytes)) | Unsafe.Add(ref marked, Hash((uint)(bytes >> 8)))
                | Unsafe.Add(ref marked, Hash((uint)(bytes >> 16))) | Unsafe.Add(ref marked, Hash((uint)(bytes >> 24)));
            if (any != 0) break;
        }

        for (; at <= text.Length - 4; at++)
        {
            if (Unsafe.Add(ref marked, Hash(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at)))) != 0)
                return at;
        }

        for (; at <= text.Length - 3; at++)
        {
            if (_marked[Hash(Read(text, at))] != 0)
                return at;
        }

        return -1;
    }
}
