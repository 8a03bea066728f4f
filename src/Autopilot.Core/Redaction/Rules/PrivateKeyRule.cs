namespace Autopilot.Core.Redaction.Rules;

/// <summary>
/// A private key in PEM or PGP armour with its whole body, over real or escaped line breaks, with line numbers or diff marks in front,
/// and also where the end is cut off.
/// </summary>
internal sealed class PrivateKeyRule() : Rule("private-key")
{
    private const int Longest = 64 * 1024;
    private const int LongestLine = 16 * 1024;
    private const int ShortestJoinedLine = 32;

    private static readonly ByteSet Label = Characters.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");
    private static readonly ByteSet LineBreak = Characters.Of("\r\n\t >|");
    private static readonly ByteSet HeaderLine = new(Enumerable.Range(0x20, 0x5F).Select(i => (byte)i).Except("\"\\"u8.ToArray()).ToArray());

    public override IEnumerable<Anchor> Anchors => [new("-----BEGIN ", Probe: 4)];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        var end = EndOfMarker(ref window, at + "-----BEGIN ".Length);
        if (end < 0)
            return false;
        var limit = at + Longest;
        while (end < limit && TakeLine(ref window, ref end))
        {
        }

        match = new Match(at, end);
        return true;
    }

    /// <summary>Takes one line of the body; false when it was the last or what follows cannot belong to a key.</summary>
    private static bool TakeLine(ref Window window, ref int end)
    {
        var line = SkipBreak(ref window, end);
        if (window.StartsWith(line, "-----END "u8, ignoreCase: false))
        {
            var stop = EndOfMarker(ref window, line + "-----END ".Length);
            end = stop < 0 ? end : stop;
            return false;
        }

        var body = window.EndOfRun(line, Characters.Base64, LongestLine);
        if (body == line)
            return false;
        if (window[body] == ':' && window[body + 1] == ' ')
            body = window.EndOfRun(body, HeaderLine, 200);
        else if (!EndsLine(window[body], body - line))
            return false;
        end = body;
        return true;
    }

    /// <summary>A blank ends a line only where the lines of a key were joined by blanks: a word of prose is shorter.</summary>
    private static bool EndsLine(int c, int length) =>
        c is Window.End or '\r' or '\n' or '\\' or '"' or '\'' or '`' or ',' or '<' || (c is ' ' or '\t' && length >= ShortestJoinedLine);

    /// <summary>End of a marker line whose label follows, or -1.</summary>
    private static int EndOfMarker(ref Window window, int label)
    {
        var dashes = window.EndOfRun(label, Label, 64);
        var text = window.Slice(label, dashes);
        return text.IndexOf("PRIVATE KEY"u8) >= 0 && window.StartsWith(dashes, "-----"u8, ignoreCase: false) ? dashes + 5 : -1;
    }

    /// <summary>Skips line breaks, escaped ones too, and what tools put in front of a line.</summary>
    private static int SkipBreak(ref Window window, int at)
    {
        for (var limit = at + 256; at < limit;)
        {
            var next = window.EndOfRun(at, LineBreak, 64);
            if (window[next] == '\\' && EscapedBreak(ref window, next) is var escaped && escaped > next)
                next = escaped;
            if (next == at)
                return SkipLineNumber(ref window, at);
            at = next;
        }

        return at;
    }

    private static int EscapedBreak(ref Window window, int at)
    {
        var letter = at;
        while (window[letter] == '\\' && letter - at < 8)
            letter++;
        return window[letter] is 'n' or 'r' or 't' or '\n' ? letter + 1 : at;
    }

    private static int SkipLineNumber(ref Window window, int at)
    {
        var number = window.EndOfRun(at, Characters.Digits, 7);
        if (number == at)
            return at;
        if (window[number] is '\t' or ':' or '|')
            return number + 1;
        if (window.StartsWith(number, "\\t"u8, ignoreCase: false))
            return number + 2;
        return window.StartsWith(number, "→"u8, ignoreCase: false) ? number + "→"u8.Length : at;
    }
}
