using System.Buffers;
using System.Text;
using System.Text.Json;
using Autopilot.Core.Redaction;
using FsCheck;
using FsCheck.Fluent;

namespace Autopilot.Core.Tests.Redaction;

public class RedactionPropertyTests
{
    private static readonly Redactor Redactor = new(["knownSecret\"1/ä"]);

    private static readonly string[] Pieces =
    [
        .. SecretTable.Masked().Select(row => (string)row[0]), .. SecretTable.Left().Select(row => (string)row[0]),
        "knownSecret\"1/ä", "knownSecret\\\"1/ä", " ", "\n", "\\n", "\"", "\\\"", "\\", "'", ":", "=", ",", "{", "}", "[", "]", "@", "://", "x", "1", "ä", "-", "_", ".",
        "password", "token", "bearer ", "Authorization", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "[REDACTED]", "eyJ", "sk-", "=\"", ": \"", "\":\"",
    ];

    private static readonly Arbitrary<List<string>> PieceLists = Arb.From(
        Gen.Elements(Pieces).ListOf(),
        pieces => Enumerable.Range(0, pieces.Count).Select(i => pieces.Where((_, at) => at != i).ToList()));

    private static readonly Gen<string> Soup =
        from pieces in Gen.Elements(Pieces).ListOf()
        select string.Concat(pieces);

    [Fact]
    public void Redacting_twice_changes_nothing() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(PieceLists, pieces =>
        {
            var once = Redactor.Redact(string.Concat(pieces));
            return (Redactor.Redact(once) == once).Label(once);
        }));

    [Fact]
    public void However_the_stream_is_cut_the_output_is_that_of_the_whole() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(
                (from text in Soup from sizes in Gen.Choose(1, 40).NonEmptyListOf() select (text, sizes)).ToArbitrary(),
                input => Streamed(input.text, input.sizes) == Redactor.Redact(input.text)));

    [Fact]
    public void Every_secret_may_be_cut_anywhere()
    {
        foreach (var row in SecretTable.Masked())
        {
            var text = (string)row[0];
            Assert.Equal(Redactor.Redact(text), Streamed(text, [1]));
            for (var cut = 1; cut < Math.Min(text.Length, 60); cut++)
                Assert.Equal(Redactor.Redact(text), Streamed(text, [cut, text.Length * 4]));
        }
    }

    [Fact]
    public void Json_stays_json_and_is_the_same_when_redacted_again() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Json(4).ToArbitrary(), json =>
        {
            var once = RedactJson(json);
            JsonDocument.Parse(once).Dispose();
            return RedactJson(once) == once;
        }));

    private static Gen<string> Json(int depth)
    {
        var scalar = Gen.OneOf(
            Gen.Elements("true", "false", "null", "0", "-1.5e3", "12345678"),
            Gen.Elements(Pieces).Select(p => JsonSerializer.Serialize(p)));
        if (depth == 0)
            return scalar;
        var member = from key in Gen.Elements("password", "a", "api_key", "tokens_in", "auth", "x\"y", "secrets") from value in Json(depth - 1) select JsonSerializer.Serialize(key) + ":" + value;
        return Gen.OneOf(scalar, Json(depth - 1).ListOf(3).Select(items => $"[{string.Join(", ", items)}]"), member.ListOf(3).Select(members => $"{{{string.Join(",", members)}}}"));
    }

    private static string RedactJson(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        Redactor.RedactJson(Encoding.UTF8.GetBytes(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Streamed(string text, IReadOnlyList<int> sizes)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var stream = Redactor.CreateStream();
        var output = new ArrayBufferWriter<byte>();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Count], bytes.Length - at);
            stream.Write(bytes.AsSpan(at, size), output);
            at += size;
        }

        stream.Flush(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
