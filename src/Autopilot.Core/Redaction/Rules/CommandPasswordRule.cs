namespace Autopilot.Core.Redaction.Rules;

/// <summary>A password that is given to a program in its command line by a short option, such as <c>curl -u user:password</c>.</summary>
/// <param name="program">What the program's name begins with; a blank at the end where it is the whole name.</param>
/// <param name="probe">Offset of its rarest three characters.</param>
/// <param name="option">The letter of the option.</param>
/// <param name="longOption">The same spelled out, with its dashes; empty for none.</param>
/// <param name="form">How the password stands there.</param>
internal sealed class CommandPasswordRule(string program, int probe, char option, string longOption, PasswordForm form) : Rule("command-password")
{
    private const int Longest = 512;
    private const int LongestValue = 256;
    private const int Shortest = 3;

    /// <summary>What a word without quotes may hold: all but what ends it or the command.</summary>
    private static readonly ByteSet Word = new(Enumerable.Range(0x21, 0xFF - 0x21).Select(i => (byte)i).Except("\"'`;|&<>\\"u8.ToArray()).ToArray());

    private static readonly ByteSet ProgramName = Characters.Of("abcdefghijklmnopqrstuvwxyz_");

    private readonly byte[] spelledOut = longOption.Select(c => (byte)c).ToArray();

    public override IEnumerable<Anchor> Anchors => [new(program, Probe: probe)];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        if (!window.IsWordStart(at)) return false;
        var end = window.EndOfRun(at, ProgramName, 24);
        for (var limit = at + Longest; end < limit;)
        {
            var word = SkipBlanks(ref window, end);
            if (word == end) return false;
            end = EndOfWord(ref window, word);
            if (end == word || window.RunsIntoMask(end)) return false;
            if (ValueOf(ref window, word, end) is var value && value > 0 && TryFindPassword(ref window, value, out match)) return true;
        }

        return false;
    }

    /// <summary>Skips blanks, and line breaks that a backslash takes back.</summary>
    private static int SkipBlanks(ref Window window, int at)
    {
        var end = window.EndOfRun(at, Characters.Blank, 64);
        if (end == at || window[end] != '\\' || window[end + 1] != '\n') return end;
        return window.EndOfRun(end + 2, Characters.Blank, 64);
    }

    private static int EndOfWord(ref Window window, int at)
    {
        if (!QuotedText.TryRead(ref window, at, Longest, out _, out var end)) return window.EndOfRun(at, Word, Longest);
        return Quote.TryRead(ref window, end, out var quote) ? end + quote.Length : end;
    }

    /// <summary>Where the value of the option begins; 0 where the word is another.</summary>
    private int ValueOf(ref Window window, int start, int end)
    {
        var word = window.Slice(start, end);
        if (word.Length < 2 || word[0] != '-') return 0;
        if (word[1] == option && (word.Length > 2 || Quote.TryRead(ref window, end, out _))) return start + 2;
        if (form == PasswordForm.Attached) return 0;
        if (spelledOut.Length > 0 && word.StartsWith(spelledOut))
            return word.Length == spelledOut.Length ? window.EndOfRun(end, Characters.Blank, 16) : word[spelledOut.Length] == '=' ? start + spelledOut.Length + 1 : 0;
        return word[^1] == option && word[1] != '-' ? window.EndOfRun(end, Characters.Blank, 16) : 0;
    }

    /// <summary>Whether the quote is not that of a value but closes the text in which the command stands, as in <c>'mysql -p' asks</c>.</summary>
    private static bool EndsTextAround(ref Window window, int at) =>
        Quote.TryRead(ref window, at, out var quote) && window[at + quote.Length] is ',' or '.' or ';' or ']' or '}' or ')' or ':' or ' ';

    private bool TryFindPassword(ref Window window, int at, out Match match)
    {
        match = default;
        if (EndsTextAround(ref window, at)) return false;
        if (!QuotedText.TryRead(ref window, at, LongestValue, out var start, out var end)) end = window.EndOfRun(start = at, Word, LongestValue);
        if (window.RunsIntoMask(end)) return false;
        if (form == PasswordForm.AfterUser)
        {
            var colon = window.Slice(start, end).IndexOf((byte)':');
            if (colon < 1) return false;
            start += colon + 1;
        }

        var value = window.Slice(start, end);
        if (value.Length < Shortest || AssignedValue.IsPlaceholder(value) || BareWords.IsKeyword(value)) return false;
        match = new Match(start, end);
        return true;
    }
}
