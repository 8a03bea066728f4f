namespace Autopilot.Core.Redaction;

/// <summary>Cuts a name into its words, in lower case and without digits at the end, one after the other and without copies: names are read wherever a text has one.</summary>
/// <param name="name">The name.</param>
/// <param name="lower">The same in lower case.</param>
internal ref struct NameWords(ReadOnlySpan<char> name, ReadOnlySpan<char> lower)
{
    private readonly ReadOnlySpan<char> _name = name;
    private readonly ReadOnlySpan<char> _lower = lower;
    private int _at;

    public bool TryTake(out ReadOnlySpan<char> word)
    {
        while (_at < _name.Length)
        {
            var start = _at++;
            while (_at < _name.Length && !BeginsWord(_name, _at)) _at++;
            word = Trimmed(_lower[start.._at]);
            if (!word.IsEmpty) return true;
        }

        word = default;
        return false;
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> word)
    {
        while (!word.IsEmpty && IsSeparator(word[0])) word = word[1..];
        while (!word.IsEmpty && IsSeparator(word[^1])) word = word[..^1];
        while (!word.IsEmpty && char.IsAsciiDigit(word[^1])) word = word[..^1];
        return word;
    }

    private static bool IsSeparator(char c) => c is '_' or '-' or '.' or ' ' or ':';

    private static bool BeginsWord(ReadOnlySpan<char> name, int at)
    {
        if (!char.IsAsciiLetterOrDigit(name[at - 1]))
            return char.IsAsciiLetterOrDigit(name[at]);
        if (!char.IsAsciiLetterUpper(name[at]))
            return false;
        var endsAbbreviation = at + 1 < name.Length && char.IsAsciiLetterLower(name[at + 1]);
        return !char.IsAsciiLetterUpper(name[at - 1]) || endsAbbreviation;
    }
}
