namespace Autopilot.Core.Redaction;

/// <summary>
/// The quotes directly around a mask. They count as part of it, for a mask that stands for a JSON number brings quotes of its own:
/// a second pass, which cannot tell them from those that were there, must see what the first has seen.
/// </summary>
internal static class QuoteRun
{
    /// <summary>More quotes than this in a row are no quotes.</summary>
    private const int Longest = 4096;

    private const int EscapeLength = 6;

    /// <summary>Where the quotes before an offset begin.</summary>
    public static int Before(ReadOnlySpan<byte> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < Longest)
        {
            var c = text[start - 1];
            if (IsSign(c) || c == '\\') start--;
            else if (c is (byte)'2' or (byte)'7' && start >= EscapeLength && IsEscape(text[(start - EscapeLength)..start])) start -= EscapeLength;
            else break;
        }

        return start;
    }

    /// <summary>Where the quotes after an offset end. Backslashes that lead to no quote are not taken: what follows them may be an escape, and a word may begin after that.</summary>
    public static int After(ReadOnlySpan<byte> text, int at)
    {
        for (var end = at; end - at < Longest;)
        {
            var sign = end;
            while (sign < text.Length && text[sign] == '\\') sign++;
            if (sign < text.Length && IsSign(text[sign])) end = sign + 1;
            else if (sign > end && sign - 1 + EscapeLength <= text.Length && IsEscape(text.Slice(sign - 1, EscapeLength))) end = sign - 1 + EscapeLength;
            else return end;
        }

        return at;
    }

    /// <summary>How much of a text that has more to come can be no part of a mask or of the quotes before one.</summary>
    public static int EndOfCertain(ReadOnlySpan<byte> text)
    {
        var end = text.Length;
        for (var length = Math.Min(Mask.Utf8.Length - 1, end); length > 0; length--)
            if (text[^length..].SequenceEqual(Mask.Utf8[..length])) return Before(text, end - length);
        foreach (var escape in (ReadOnlySpan<string>)["u0022", "u0027"])
            for (var length = Math.Min(escape.Length - 1, end - 1); length > 0; length--)
                if (text[^(length + 1)] == '\\' && Ends(text, escape.AsSpan(0, length))) return Before(text, end - length);
        return Before(text, end);
    }

    private static bool Ends(ReadOnlySpan<byte> text, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
            if (text[text.Length - word.Length + i] != word[i]) return false;
        return true;
    }

    private static bool IsSign(byte c) => c is (byte)'"' or (byte)'\'' or (byte)'`';

    private static bool IsEscape(ReadOnlySpan<byte> text) => text.SequenceEqual("\\u0022"u8) || text.SequenceEqual("\\u0027"u8);
}
