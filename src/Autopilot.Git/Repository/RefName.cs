using System.Text;

namespace Autopilot.Git.Repository;

/// <summary>Makes ref names out of any text, and judges those of people.</summary>
public static class RefName
{
    private const string Forbidden = " ~^:?*[\\";

    /// <summary>Whether git takes it for the short name of a branch: the rules of <c>git check-ref-format --branch</c>.</summary>
    public static bool IsBranch(string name) =>
        name.Length > 0 && name is not ("@" or "HEAD") && name[0] != '-' && name[^1] != '.'
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal)
        && !name.Any(c => c < ' ' || c == 127 || Forbidden.Contains(c))
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>Letters, digits, dot, underscore, dash and slash stay; every other run becomes one dash. At most 120 characters.</summary>
    public static string From(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text)
        {
            var plain = char.IsAsciiLetterOrDigit(c) || c is '_' or '/' || (c is '.' && name.Length > 0 && name[^1] is not ('.' or '/'));
            if (plain && !(c == '/' && (name.Length == 0 || name[^1] == '/'))) name.Append(c);
            else if (name.Length > 0 && name[^1] is not ('-' or '/')) name.Append('-');
        }

        var cut = name.Length > 120 ? name.ToString(0, 120) : name.ToString();
        cut = cut.TrimEnd('-', '.', '/');
        if (cut.EndsWith(".lock", StringComparison.Ordinal)) cut = cut[..^5] + "-lock";
        return cut.Length == 0 ? "unnamed" : cut;
    }
}
