using System.Buffers;

namespace Autopilot.Core.Redaction.Rules;

/// <summary>A set of bytes. Most runs of its members are short, and a short run ends sooner by one look-up for each byte than by a search that is made for long ones.</summary>
internal sealed class ByteSet
{
    private const int Short = 12;

    private readonly bool[] _contains = new bool[byte.MaxValue + 1];

    public ByteSet(ReadOnlySpan<byte> members)
    {
        Values = SearchValues.Create(members);
        foreach (var member in members) _contains[member] = true;
    }

    public SearchValues<byte> Values { get; }

    /// <summary>Whether it holds a byte; it does not hold <see cref="Window.End"/>.</summary>
    public bool Contains(int value) => (uint)value < (uint)_contains.Length && _contains[value];

    /// <summary>How many of the first bytes of a text belong to the set.</summary>
    public int RunLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && length < Short)
        {
            if (!_contains[text[length]]) return length;
            length++;
        }

        var rest = text[length..].IndexOfAnyExcept(Values);
        return rest < 0 ? text.Length : length + rest;
    }
}
