using System.Text;
using Autopilot.Core.Redaction;
using FsCheck;
using FsCheck.Fluent;

namespace Autopilot.Core.Tests.Redaction;

public class SensitiveNameTests
{
    private static readonly string[] Pieces =
    [
        "token", "Token", "TOKEN", "tokens", "key", "Key", "auth", "Auth", "pass", "db", "DB", "_", "-", ".", " ", ":", "1", "9", "access", "Access", "id", "Id", "ID", "name", "api", "API", "secret", "pwd", "é", "İ", "x", "X", "y",
    ];

    [Theory]
    [InlineData("token", true)]
    [InlineData("github_token2", true)]
    [InlineData("input_tokens", false)]
    [InlineData("accessTokens", true)]
    [InlineData("maxToken", false)]
    [InlineData("dbPass", true)]
    [InlineData("pass", false)]
    [InlineData("DB-PASSWORD", true)]
    [InlineData("SSHKey", true)]
    [InlineData("keyboard", false)]
    [InlineData("auth", true)]
    [InlineData("auth_file", false)]
    [InlineData("aws.access.key.id", true)]
    [InlineData("secret_id", false)]
    [InlineData("MYSECRETTOKEN", true)]
    [InlineData("author", false)]
    [InlineData("", false)]
    public void A_name_is_read_word_by_word(string name, bool sensitive) => Assert.Equal(sensitive, SensitiveName.IsSensitive(name));

    [Fact]
    public void A_name_of_any_length_is_read() => Assert.True(SensitiveName.IsSensitive(string.Concat(Enumerable.Repeat("é_", 5000)) + "token"));

    [Fact]
    public void Words_are_what_a_plain_reading_of_the_name_gives() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), name => Words(name).SequenceEqual(PlainWords(name))));

    private static List<string> Words(string name)
    {
        var all = new List<string>();
        var words = new NameWords(name, name.ToLowerInvariant());
        while (words.TryTake(out var word)) all.Add(word.ToString());
        return all;
    }

    private static IEnumerable<string> PlainWords(string name)
    {
        var spaced = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = i > 0 && (char.IsAsciiLetterOrDigit(name[i - 1]) ? char.IsAsciiLetterUpper(name[i]) && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]))) : char.IsAsciiLetterOrDigit(name[i]));
            spaced.Append(begins ? "\0" : "").Append(name[i]);
        }

        return spaced.ToString().Split('\0').Select(w => w.Trim("_-. :".ToCharArray()).TrimEnd("0123456789".ToCharArray())).Where(w => w.Length > 0).Select(w => w.ToLowerInvariant());
    }
}
