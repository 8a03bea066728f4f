using System.Text;

namespace Autopilot.Core.Redaction.Rules;

/// <summary>Words without quotes that are code rather than a secret.</summary>
internal static class BareWords
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "none", "null", "true", "false", "string", "undefined", "self", "this", "value", "input", "env", "required", "optional", "password", "token", "secret",
    };

    public static bool IsKeyword(ReadOnlySpan<byte> value) => value.Length <= 12 && Keywords.Contains(Encoding.Latin1.GetString(value));

    /// <summary>Whether the value is a path through names such as <c>config.token</c> or <c>self.secret_2</c>.</summary>
    public static bool IsCode(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)'.'))
            return false;
        foreach (var part in value.Split((byte)'.'))
        {
            var name = value[part];
            if (name.IsEmpty || name.Length > 32 || char.IsAsciiDigit((char)name[0]) || name.ContainsAnyExcept(Names.Values))
                return false;
        }

        return true;
    }

    private static readonly ByteSet Names = Characters.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
