using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using WordSet = System.Collections.Frozen.FrozenSet<string>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace Autopilot.Core.Redaction;

/// <summary>
/// Tells from the name of a setting, JSON key or environment variable whether its value is secret. The name is read word by word
/// (<c>db_password</c>, <c>dbPassword</c>, <c>DB-PASSWORD</c>), so that <c>tokens_in</c>, <c>author</c> and <c>token_count</c> are not.
/// </summary>
public static class SensitiveName
{
    private static readonly WordSet Always = Set(
        "password passwords passwd passphrase pwd secret secrets credential credentials creds token apikey apikeys authorization passcode");

    private static readonly string[] Endings = ["password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey"];

    private static readonly WordSet BeforeKey = Set(
        "api access secret private signing encryption master account storage service shared ssh deploy subscription session auth admin root app webhook hmac license");

    private static readonly WordSet BeforeTokens = Set("access auth api bearer refresh session secret");

    private static readonly WordSet BeforePass = Set("db database user admin root smtp mail email ftp mysql redis pg postgres login my");

    /// <summary>A token of these kinds is a mark in a text or a count, not a key.</summary>
    private static readonly WordSet BeforeHarmlessToken = Set(
        "cancellation cancel stop stopping eos bos pad unk special per max min input output total prompt completion next first last current lookahead syntax");

    /// <summary>A name that ends so speaks about the secret and does not hold it.</summary>
    private static readonly WordSet About = Set(
        """
        name names id ids type types kind file files filename path paths dir directory url uri endpoint count counts limit limits usage budget length len size min max
        policy field fields label hint source status required enabled disabled expires expiry expiration expired at in out ttl version manager mode method provider
        ref arn env var header prefix strength validator reset prompt store helper scanner rotation error invalid valid created updated date time timeout index start
        end offset sock socket command cmd class format regex pattern rule rules description title message algorithm alg
        """);

    private const int Short = 96;

    /// <summary>Whether the value of something of this name is secret.</summary>
    public static bool IsSensitive(ReadOnlySpan<char> name)
    {
        var lower = name.Length <= Short ? stackalloc char[Short] : new char[name.Length];
        if (Ascii.ToLower(name, lower, out _) != OperationStatus.Done) name.ToLowerInvariant(lower);
        var words = new NameWords(name, lower);
        scoped ReadOnlySpan<char> beforeLast = [], before = [], last = [];
        var names = false;
        while (words.TryTake(out var word))
        {
            beforeLast = before;
            before = last;
            last = word;
            names = names || Names(word, before);
        }

        return (names || last is "auth") && (!About.Contains(last) || IsAccessKeyId(beforeLast, before, last));
    }

    /// <summary>Whether a name that is sensitive is that of a password, whose values are masked even where they look harmless.</summary>
    public static bool IsPassword(ReadOnlySpan<char> name) => name.Contains("pass", StringComparison.OrdinalIgnoreCase) || name.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    private static bool Names(ReadOnlySpan<char> word, ReadOnlySpan<char> before) => word switch
    {
        "token" => !BeforeHarmlessToken.Contains(before),
        "tokens" => BeforeTokens.Contains(before),
        "key" or "keys" => BeforeKey.Contains(before),
        "pass" => BeforePass.Contains(before),
        _ => Always.Contains(word) || EndsSensitive(word),
    };

    private static bool EndsSensitive(ReadOnlySpan<char> word)
    {
        foreach (var ending in Endings)
            if (word.EndsWith(ending, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool IsAccessKeyId(ReadOnlySpan<char> beforeLast, ReadOnlySpan<char> before, ReadOnlySpan<char> last) =>
        beforeLast is "access" && before is "key" && last is "id";

    private static WordSet Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
