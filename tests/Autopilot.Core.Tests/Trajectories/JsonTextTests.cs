using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Autopilot.Core.Trajectories;
using FsCheck;
using FsCheck.Fluent;

namespace Autopilot.Core.Tests.Trajectories;

public class JsonTextTests
{
    private static readonly string[] Pieces =
    [
        new('x', 130), "plain", "\n", "\r\n", "\t", "\"", "\\", "\0", "\b", "\f", "\u001b[1m", "\u007f", "\u0085", "ä", "→", "日本", "😀", "\u2028", "\u00a0", "\ue000", "\ufeff", "<a href='&+'>", "/",
    ];

    [Fact]
    public void A_text_is_written_as_the_writer_of_the_platform_writes_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(),
            text => Written((json, value) => JsonText.WriteString(json, "text", value), text) == Written((json, value) => json.WriteString("text", value), text)));

    private static string Written(Action<Utf8JsonWriter, string> write, string text)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", 1);
            write(json, text);
            json.WriteNumber("after", 2);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
