using System.Buffers;
using System.Text;
using Autopilot.Core.Redaction;

namespace Autopilot.Core.Tests.Redaction;

/// <summary>No text can make a rule go over it again and again: the work is counted in bytes that rules have looked at.</summary>
public class RedactionWorkTests
{
    private const int Megabyte = 1_000_000;

    /// <summary>Bytes that rules may look at for each byte of the worst text.</summary>
    private const long LongestLook = 1024;
    private static readonly Redactor Redactor = new([]);

    [Theory]
    [InlineData("a")]
    [InlineData("eyJ")]
    [InlineData("eyJ-")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("-----BEGIN")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE\n")]
    [InlineData("://")]
    [InlineData("://a:")]
    [InlineData("token=")]
    [InlineData("token=\"")]
    [InlineData("password")]
    [InlineData("password='")]
    [InlineData("\"password\":[")]
    [InlineData("\\")]
    [InlineData("password=\"\\\\")]
    [InlineData("bearer ")]
    [InlineData("bearer a.")]
    [InlineData("Authorization: ")]
    [InlineData("sk-")]
    [InlineData("curl ")]
    [InlineData("curl -u ")]
    [InlineData("curl -u \"a:")]
    [InlineData("mysql -")]
    [InlineData("cookie:a=1; ")]
    [InlineData("machine a login b password ")]
    [InlineData("[REDACTED]")]
    public void Work_grows_with_the_text_only(string piece)
    {
        var half = Work(piece, Megabyte / 2);
        var whole = Work(piece, Megabyte);
        Assert.True(whole <= (2.1 * half) + (8 * 65_536), $"{half} bytes were looked at for half of the text, {whole} for all of it.");
        Assert.InRange(whole, 0, LongestLook * Megabyte);
    }

    private static long Work(string piece, int size)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, size / piece.Length)));
        Redactor.Redact(text, new ArrayBufferWriter<byte>(text.Length), out var state);
        return state.Work;
    }
}
