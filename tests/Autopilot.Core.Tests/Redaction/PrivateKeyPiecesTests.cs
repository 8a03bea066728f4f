using Autopilot.Core.Redaction;

namespace Autopilot.Core.Tests.Redaction;

public sealed class PrivateKeyPiecesTests
{
    private const string Begin = "-----BEGIN RSA PRIVATE KEY-----";
    private const string End = "-----END RSA PRIVATE KEY-----";
    private const string Line = "MIIEpAIBAAKCAQEA7q1Yv9bT0w2Vx8nJx0Qw3Zk5t7Lr2Hc9Dm4Fs6Gp1Ba8Ne3K";

    private static readonly Redactor redactor = new([]);
    private readonly PrivateKeyPieces pieces = new();

    [Theory]
    [InlineData(Begin + "|" + Line + "|" + Line + "|Zk5t7Lr2Hc9=|" + End + "|done", "*|*|*|*|*|done")]
    [InlineData("key: " + Begin + "\n" + Line + "|" + Line + "\nZk5t7=\n" + End + "\ndone: 1", "key: *|*\ndone: 1")]
    [InlineData(Begin + "|Proc-Type: 4,ENCRYPTED|DEK-Info: AES-128-CBC,2C7A|" + "|" + Line + "|" + End, "*|*|*||*|*")]
    [InlineData(Begin + "|" + Line + "|" + End + "|" + Begin + "|" + Line + "|so it ends.", "*|*|*|*|*|so it ends.")]
    [InlineData("a key starts with|" + Begin + "|and is secret.|" + Line, "a key starts with|*|and is secret.|" + Line)]
    [InlineData("-----BEGIN CERTIFICATE-----|" + Line, "-----BEGIN CERTIFICATE-----|" + Line)]
    [InlineData("abc|" + Line + "|done", "abc|" + Line + "|done")]
    public void A_key_is_masked_whatever_line_it_comes_in(string text, string expected) =>
        Assert.Equal(expected.Replace("*", Mask.Text, StringComparison.Ordinal), Redacted(text.Split('|')));

    [Fact]
    public void A_key_that_never_ends_ends_where_a_key_can_be_no_longer()
    {
        var lines = Enumerable.Repeat(Line, 2000).Prepend(Begin).ToArray();
        var masked = Redacted(lines).Split('|').TakeWhile(l => l == Mask.Text).Count();
        Assert.InRange(masked * Line.Length, 60_000, 66_000);
        Assert.False(pieces.IsOpen);
    }

    [Fact]
    public void What_holds_no_key_stays_the_same_object()
    {
        var text = new string('x', 100);
        Assert.Same(text, pieces.Next(text));
    }

    private string Redacted(string[] lines) => string.Join('|', lines.Select(l => redactor.Redact(pieces.Next(l))));
}
