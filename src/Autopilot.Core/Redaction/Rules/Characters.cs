namespace Autopilot.Core.Redaction.Rules;

/// <summary>Sets of bytes that several rules share.</summary>
internal static class Characters
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static readonly ByteSet Name = Of(Alphanumeric + "_-.");
    public static readonly ByteSet Base64 = Of(Alphanumeric + "+/=_-");
    public static readonly ByteSet Credential = Of(Alphanumeric + "+/=_-.~:%!#$^*|?@");
    public static readonly ByteSet Blank = Of(" \t");
    public static readonly ByteSet Digits = Of("0123456789");

    /// <summary>What may stand between <c>://</c> and the path of a URL.</summary>
    public static readonly ByteSet Authority = new(
        Enumerable.Range(0x21, 0xFF - 0x21).Select(i => (byte)i).Except("\"'`<>\\/?#"u8.ToArray()).ToArray());

    public static ByteSet Of(string characters) => new(characters.Select(c => (byte)c).ToArray());

    public static bool ContainsDigit(ReadOnlySpan<byte> text) => text.ContainsAnyInRange((byte)'0', (byte)'9');

    public static bool ContainsLetter(ReadOnlySpan<byte> text) =>
        text.ContainsAnyInRange((byte)'a', (byte)'z') || text.ContainsAnyInRange((byte)'A', (byte)'Z');
}
