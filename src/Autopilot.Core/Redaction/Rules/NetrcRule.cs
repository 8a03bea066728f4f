namespace Autopilot.Core.Redaction.Rules;

/// <summary>The password of a <c>.netrc</c>: <c>machine host login name password x</c>, on one line or on several.</summary>
internal sealed class NetrcRule() : Rule("netrc-password")
{
    private const int Longest = 256;

    public override IEnumerable<Anchor> Anchors => [new("machine ")];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        if (!window.IsWordStart(at)) return false;
        if (!TakeWord(ref window, at + "machine".Length, out _, out var end)) return false;
        if (!TakeName(ref window, ref end, "login"u8) || !TakeWord(ref window, end, out _, out end)) return false;
        if (!TakeName(ref window, ref end, "password"u8) || !TakeWord(ref window, end, out var start, out end)) return false;
        if (window.RunsIntoMask(end) || window[end] == '[' || AssignedValue.IsPlaceholder(window.Slice(start, end))) return false;
        match = new Match(start, end);
        return true;
    }

    private static bool TakeName(ref Window window, ref int at, ReadOnlySpan<byte> name)
    {
        var start = SkipSpace(ref window, at);
        if (start == at || !window.StartsWith(start, name, ignoreCase: false)) return false;
        at = start + name.Length;
        return true;
    }

    private static bool TakeWord(ref Window window, int at, out int start, out int end)
    {
        start = SkipSpace(ref window, at);
        end = start == at ? start : window.EndOfRun(start, Characters.Credential, Longest);
        return end > start;
    }

    /// <summary>Skips blanks and line breaks, escaped ones too.</summary>
    private static int SkipSpace(ref Window window, int at)
    {
        for (var limit = at + 64; at < limit;)
        {
            if (window[at] is ' ' or '\t' or '\r' or '\n') at++;
            else if (window[at] == '\\' && window[at + 1] is 'n' or 'r' or 't') at += 2;
            else return at;
        }

        return at;
    }
}
