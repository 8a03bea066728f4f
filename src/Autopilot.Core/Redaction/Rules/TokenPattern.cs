namespace Autopilot.Core.Redaction.Rules;

/// <summary>
/// The format of a token, written in a small subset of regular expressions: characters, <c>[classes]</c>, <c>\w</c>, <c>\d</c>,
/// counts <c>{n}</c> <c>{n,}</c> <c>{n,m}</c> <c>?</c>. Each part takes all it can and gives nothing back, so that matching is one
/// pass over the text.
/// </summary>
internal sealed class TokenPattern
{
    /// <summary>Length of a part without an upper bound; what is longer is masked up to here.</summary>
    public const int Longest = 16 * 1024;

    private readonly List<TokenPart> _parts;

    public TokenPattern(string pattern) => _parts = TokenPatternParser.Parse(pattern);

    public bool TryMatch(ref Window window, int start, out int end)
    {
        end = start;
        foreach (var part in _parts)
        {
            var stop = window.EndOfRun(end, part.Bytes, part.Max);
            if (stop - end < part.Min)
                return false;
            end = stop;
        }

        return true;
    }

    /// <summary>The literals with which a match begins: as many characters as are fixed, at least three.</summary>
    public IEnumerable<string> Prefixes()
    {
        IEnumerable<string> prefixes = [""];
        var length = 0;
        foreach (var part in _parts)
        {
            for (var i = 0; i < part.Min && (length < 3 || part.Characters.Length == 1); i++, length++)
                prefixes = prefixes.SelectMany(p => part.Characters.Select(c => p + c)).ToList();
            if (part.Min != part.Max || (part.Characters.Length > 1 && length >= 3))
                break;
        }

        return prefixes;
    }
}
