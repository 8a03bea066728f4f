using Autopilot.Core.Redaction.Rules;

namespace Autopilot.Core.Redaction;

/// <summary>
/// The text as a rule sees it. It notes how far the rule has looked: a rule that looked past the end of what has come so far
/// would decide differently once more has come, so its verdict is not used before then.
/// </summary>
/// <param name="text">All bytes that have come.</param>
/// <param name="floor">Where the text after the last mask begins; nothing left of it is visible, so that a second pass sees the same.</param>
/// <param name="masked">Whether a mask follows the text; only its first character is visible.</param>
internal ref struct Window(ReadOnlySpan<byte> text, int floor, bool masked = false)
{
    public const int End = -1;

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>One past the furthest offset looked at.</summary>
    public int Reach { get; private set; }

    /// <summary>A sensitive JSON key whose value only a JSON parser can judge was met.</summary>
    public bool NeedsJson { get; set; }

    /// <summary>Whether what ends there goes on in the mask that follows the text.</summary>
    public readonly bool RunsIntoMask(int end) => masked && end >= _text.Length;

    public int this[int at]
    {
        get
        {
            Saw(at + 1);
            return (uint)at < (uint)_text.Length ? _text[at] : masked && at == _text.Length ? '[' : End;
        }
    }

    public readonly int Before(int at) => at > floor ? _text[at - 1] : End;

    public readonly ReadOnlySpan<byte> Slice(int start, int end) => _text[start..end];

    /// <summary>End of the run of bytes in <paramref name="set"/> that begins at <paramref name="start"/>, at most <paramref name="max"/> long.</summary>
    public int EndOfRun(int start, ByteSet set, int max)
    {
        var run = _text[Math.Min(start, _text.Length)..];
        if (run.Length > max)
            run = run[..max];
        var length = set.RunLength(run);
        if (length < run.Length)
            Saw(start + length + 1);
        else
            Saw(length == max ? start + max : _text.Length + 1);
        return start + length;
    }

    public bool StartsWith(int start, ReadOnlySpan<byte> literal, bool ignoreCase)
    {
        var visible = Math.Min(literal.Length, _text.Length - start);
        for (var i = 0; i < visible; i++)
        {
            var c = _text[start + i];
            if (c == literal[i] || (ignoreCase && c is >= (byte)'A' and <= (byte)'Z' && (c | 0x20) == literal[i])) continue;
            Saw(start + i + 1);
            return false;
        }

        Saw(start + Math.Min(literal.Length, Math.Max(visible, 0) + 1));
        return visible >= literal.Length;
    }

    /// <summary>Whether a word may begin here: no letter or digit stands before, save one that ends an escape (<c>\n</c>, <c>%22</c>, <c>ESC[1m</c>).</summary>
    public readonly bool IsWordStart(int at)
    {
        var before = Before(at);
        if (before < 0 || !char.IsAsciiLetterOrDigit((char)before))
            return true;
        if (before is 'n' or 'r' or 't' or 'b' or 'f' && Before(at - 1) == '\\')
            return true;
        if (before == 'm' && EndsAnsiColour(at - 1))
            return true;
        return char.IsAsciiHexDigit((char)before) && (Before(at - 2) == '%' || (Before(at - 4) == 'u' && Before(at - 5) == '\\'));
    }

    private readonly bool EndsAnsiColour(int at)
    {
        for (var i = 0; i < 12; i++, at--)
        {
            var c = Before(at);
            if (c == '[')
                return true;
            if (c != ';' && !(c is >= '0' and <= '9'))
                return false;
        }

        return false;
    }

    private void Saw(int reach) => Reach = Math.Max(Reach, reach);
}
