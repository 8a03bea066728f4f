namespace Autopilot.Core.Redaction.Rules;

/// <summary>
/// A private key in PEM or PGP armour with its whole body, over real or escaped line breaks, with line numbers or diff marks in front,
/// and also where the end is cut off.
/// </summary>
internal sealed class PrivateKeyRule() : Rule("private-key")
{
    public const string Marker = "-----BEGIN ";

    /// <summary>Most of a key that is masked, in bytes.</summary>
    public const int Longest = 64 * 1024;

    private const int LongestLine = 16 * 1024;
    private const int ShortestJoinedLine = 32;

    private static readonly ByteSet Label = Characters.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");
    private static readonly ByteSet LineBreak = Characters.Of("\r\n\t >|");
    private static readonly ByteSet HeaderLine = new(Enumerable.Range(0x20, 0x5F).Select(i => (byte)i).Except("\"\\"u8.ToArray()).ToArray());

    public override IEnumerable<Anchor> Anchors => [new(Marker, Probe: 4)];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        var found = TryTakeKey(ref window, at, out var end, out _);
        match = found ? new Match(at, end) : default;
        return found;
    }

    /// <summary>Takes a key with all that belongs to it.</summary>
    /// <param name="isOpen">The text ended before the key did.</param>
    public static bool TryTakeKey(ref Window window, int at, out int end, out bool isOpen)
    {
        end = EndOfMarker(ref window, at + Marker.Length);
        isOpen = end >= 0 && TakeBody(ref window, ref end, at + Longest);
        return end >= 0;
    }

    /// <summary>Takes lines of a body, and the marker after them.</summary>
    /// <returns>Whether the text ended before the key did.</returns>
    public static bool TakeBody(ref Window window, ref int end, int limit)
    {
        while (end < limit)
        {
            var line = SkipBreak(ref window, end);
            if (window[line] == Window.End) return true;
            if (!TakeLine(ref window, line, ref end)) return false;
        }

        return false;
    }

    /// <summary>Takes one line of the body; false when it was the last or what follows cannot belong to a key.</summary>
    private static bool TakeLine(ref Window window, int line, ref int end)
    {
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
