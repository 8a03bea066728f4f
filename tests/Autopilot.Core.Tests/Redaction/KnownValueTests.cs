using System.Buffers;
using System.Text;
using Autopilot.Core.Redaction;

namespace Autopilot.Core.Tests.Redaction;

public class KnownValueTests
{
    private const string Secret = "correct \"horse\" ä/1";

    [Theory]
    [InlineData("x" + Secret + "y", "x[REDACTED]y")]
    [InlineData("correct%20%22horse%22%20%C3%A4%2F1", "[REDACTED]")]
    [InlineData("""{"a":"correct \"horse\" ä/1"}""", """{"a":"[REDACTED]"}""")]
    [InlineData("""{"a":"correct \u0022horse\u0022 \u00E4/1"}""", """{"a":"[REDACTED]"}""")]
    public void Known_values_are_masked_in_every_form(string text, string expected) => Assert.Equal(expected, new Redactor([Secret]).Redact(text));

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    public void Base64_hides_no_known_value(string before)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Secret));
        Assert.Contains(Mask.Text, new Redactor([Secret]).Redact(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_variables_with_secret_names_are_taken()
    {
        var redactor = Redactor.FromEnvironment(new Dictionary<string, string>
        {
            ["MY_API_KEY"] = "abcdefgh",
            ["HOME"] = "/home/someone",
            ["SSH_AUTH_SOCK"] = "/tmp/agent.sock",
            ["MAX_TOKENS"] = "12345678",
            ["DB_PASSWORD"] = "short",
            ["EDITOR"] = "some editor",
        });
        Assert.Equal("[REDACTED] /home/someone /tmp/agent.sock 12345678 short some editor", redactor.Redact("abcdefgh /home/someone /tmp/agent.sock 12345678 short some editor"));
    }

    [Theory]
    [InlineData("""{"a":{"password":["x",1,true,null,["y"]],"auth":{"user":"u","pass_word":"v"}}}""", """{"a":{"password":["[REDACTED]","[REDACTED]",true,null,["[REDACTED]"]],"auth":{"user":"u","pass_word":"v"}}}""")]
    [InlineData("""{"pass\u0077ord" : "x" , "n":1}""", """{"pass\u0077ord" : "[REDACTED]" , "n":1}""")]
    [InlineData("""{"token":-1.5,"tokens_in":7}""", """{"token":"[REDACTED]","tokens_in":7}""")]
    [InlineData("not json, password=hunter2", "not json, password=[REDACTED]")]
    [InlineData("""{"\ud800":"x","password":["y"]}""", """{"\ud800":"[REDACTED]","password":["[REDACTED]"]}""")]
    [InlineData("""{"pass\u0077ord":"\udc00x"}""", """{"pass\u0077ord":"[REDACTED]"}""")]
    public void Json_loses_the_values_of_sensitive_keys_at_any_depth(string line, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        new Redactor([]).RedactJson(Encoding.UTF8.GetBytes(line), output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
