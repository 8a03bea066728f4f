namespace Autopilot.Core.Redaction.Rules;

/// <summary>A JSON list of strings, numbers and words.</summary>
internal static class JsonList
{
    private static readonly ByteSet Bare = Characters.Of(" \t\r\n,+-.0123456789abcdefghijklmnopqrstuvwxyzE");

    /// <summary>Finds the content of a list, if it holds a string or a number and nothing nested.</summary>
    public static bool TryFindScalars(ref Window window, AssignmentOperator assignment, int longest, out Match match)
    {
        match = default;
        var at = assignment.Value;
        var end = at + 1;
        for (var limit = at + longest; end < limit;)
        {
            var bare = window.EndOfRun(end, Bare, longest);
            if (window[bare] == ']')
            {
                match = new Match(at + 1, bare, assignment.Quote);
                return HoldsSecrets(window.Slice(at + 1, bare));
            }

            if (!QuotedText.TryRead(ref window, bare, longest, out _, out var close) || !Quote.TryRead(ref window, close, out var quote) || quote.Escapes != assignment.Quote!.Value.Escapes)
                return false;
            end = close + quote.Length;
        }

        return false;
    }

    private static bool HoldsSecrets(ReadOnlySpan<byte> list) => (list.ContainsAny("\"'"u8) || Characters.ContainsDigit(list));
}
