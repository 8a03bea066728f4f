namespace Autopilot.Core.Redaction.Rules;

/// <summary>The values of a <c>Cookie</c> or <c>Set-Cookie</c> header: who has the cookie of a session has the session.</summary>
internal sealed class CookieRule() : Rule("cookie")
{
    private const int Shortest = 8;
    private const int Longest = 4096;

    public override IEnumerable<Anchor> Anchors => [new("cookie", IgnoreCase: true, Probe: 2)];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        var after = AssignmentOperator.After(ref window, at, at + "cookie".Length);
        if (after.Kind is not (OperatorKind.Colon or OperatorKind.Member)) return false;
        var name = after.Value + (Quote.TryRead(ref window, after.Value, out var quote) ? quote.Length : 0);
        var start = window.EndOfRun(name, Characters.Name, 128);
        if (start == name || window[start] != '=') return false;
        var end = EndOfValues(ref window, ++start, isOne: window.Before(at) == '-');
        var value = window.Slice(start, end);
        if (value.Length < Shortest || !Characters.ContainsDigit(value) || window.RunsIntoMask(end) || AssignedValue.IsPlaceholder(value)) return false;
        match = new Match(start, end);
        return true;
    }

    /// <summary>A cookie that is set is one, and its attributes follow; those that are sent all are cookies.</summary>
    private static int EndOfValues(ref Window window, int start, bool isOne)
    {
        var end = window.EndOfRun(start, Characters.Credential, Longest);
        while (!isOne && window[end] == ';' && window[end + 1] == ' ' && end - start < Longest)
        {
            var next = window.EndOfRun(end + 2, Characters.Credential, Longest);
            if (next == end + 2) return end;
            end = next;
        }

        return end;
    }
}
