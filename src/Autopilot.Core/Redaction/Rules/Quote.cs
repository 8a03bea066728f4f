using System.Buffers;

namespace Autopilot.Core.Redaction.Rules;

/// <summary>A quote as it stands in text that is itself quoted: with backslashes before it, or as <c>\u0022</c>.</summary>
/// <param name="Escapes">Number of backslashes before the sign.</param>
/// <param name="Sign">The sign without its backslashes, in UTF-8.</param>
internal readonly record struct Quote(int Escapes, byte[] Sign)
{
    private const int MostEscapes = 16;
    private static readonly byte[] Double = "\""u8.ToArray();
    private static readonly byte[] Single = "'"u8.ToArray();
    private static readonly byte[] Back = "`"u8.ToArray();
    private static readonly byte[] EscapedDouble = "u0022"u8.ToArray();
    private static readonly byte[] EscapedSingle = "u0027"u8.ToArray();

    public int Length => Escapes + Sign.Length;

    public static bool TryRead(ref Window window, int at, out Quote quote)
    {
        var escapes = Backslashes(ref window, at, MostEscapes);
        var sign = window[at + escapes] switch
        {
            '"' => Double,
            '\'' => Single,
            '`' => Back,
            'u' when escapes > 0 => EscapedSign(ref window, at + escapes),
            _ => null,
        };
        quote = sign is null ? default : new Quote(escapes, sign);
        return sign is not null;
    }

    private static byte[]? EscapedSign(ref Window window, int at) =>
        window.StartsWith(at, EscapedDouble, ignoreCase: false) ? EscapedDouble
        : window.StartsWith(at, EscapedSingle, ignoreCase: false) ? EscapedSingle
        : null;

    /// <summary>
    /// Whether the quote sign after <paramref name="backslashes"/> closes what this one opened: a quote inside a text that is escaped k-fold
    /// has 2k+1 backslashes before it, an escaped backslash has 2k+2.
    /// </summary>
    public bool IsClosedAfter(int backslashes) => backslashes < Escapes || backslashes % (2 * (Escapes + 1)) == Escapes;

    public void Write(IBufferWriter<byte> output)
    {
        output.GetSpan(Escapes)[..Escapes].Fill((byte)'\\');
        output.Advance(Escapes);
        output.Write(Sign);
    }

    public static int Backslashes(ref Window window, int at, int most)
    {
        var count = 0;
        while (count < most && window[at + count] == '\\')
            count++;
        return count;
    }
}
