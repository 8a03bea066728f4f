using System.Text;

namespace Autopilot.Core.Redaction.Rules;

/// <summary>
/// The value that is given to a sensitive name: <c>password=x</c>, <c>"apiKey": "x"</c>, <c>--token x</c>, <c>Authorization: Bearer x</c>,
/// quoted, escaped or bare.
/// </summary>
internal sealed class AssignmentRule() : Rule("assignment")
{
    private const int LongestName = 64;

    /// <summary>Shorter than any token, so that none is passed over as part of a name.</summary>
    private const int LongestRest = 17;

    public override IEnumerable<Anchor> Anchors =>
    [
        new("passw", IgnoreCase: true, Probe: 2), new("passp", IgnoreCase: true, Probe: 2), new("passc", IgnoreCase: true, Probe: 2),
        new("_pass", IgnoreCase: true), new("pwd", IgnoreCase: true), new("secret", IgnoreCase: true, Probe: 1),
        new("credential", IgnoreCase: true, Probe: 2), new("creds", IgnoreCase: true, Probe: 2), new("token", IgnoreCase: true),
        new("_key", IgnoreCase: true), new("-key", IgnoreCase: true), new("pikey", IgnoreCase: true), new("sskey", IgnoreCase: true),
        new("etkey", IgnoreCase: true), new("tekey", IgnoreCase: true), new("Key"), new("auth", IgnoreCase: true, Probe: 1),
    ];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        var (start, end) = NameAround(ref window, at);
        var after = AssignmentOperator.After(ref window, start, end);
        if (after.Kind == OperatorKind.None)
            return false;
        Span<char> characters = stackalloc char[LongestName + LongestRest];
        var name = characters[..Encoding.Latin1.GetChars(window.Slice(start, end), characters)];
        return SensitiveName.IsSensitive(name) && AssignedValue.TryFind(ref window, name, after, out match);
    }

    private static (int Start, int End) NameAround(ref Window window, int at)
    {
        var start = at;
        while (at - start < LongestName && Characters.Name.Contains(window.Before(start)))
            start--;
        var startsInEscape = start < at && window.Before(start) == '\\' && window[start] is 'n' or 'r' or 't';
        return (startsInEscape ? start + 1 : start, window.EndOfRun(at, Characters.Name, LongestRest));
    }
}
