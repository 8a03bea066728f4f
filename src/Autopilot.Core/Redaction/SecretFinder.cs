using System.Text;

namespace Autopilot.Core.Redaction;

/// <summary>
/// Searches a text for the matches of many rules at once, from left to right. Masks cut the text into segments, and no rule sees beyond the ends of
/// the one in which it is judged. When a match is found, what was judged before with a view of it is judged once more without: so the search ends
/// with segments in which nothing more is found, and a second pass, which sees the same segments, finds nothing either.
/// </summary>
internal sealed class SecretFinder
{
    /// <summary>How far before the searched position a match may still begin, in bytes.</summary>
    public const int LookBehind = 8;

    /// <summary>Stands for the rule of a mask that was there already.</summary>
    public const string Existing = "mask";

    private readonly TrigramFilter _filter;
    private readonly Bucket?[] _buckets = new Bucket?[TrigramFilter.Size];

    public SecretFinder(IEnumerable<Rule> rules)
    {
        var entries = rules
            .SelectMany(rule => rule.Anchors.SelectMany(a => a.Trigrams().Select(t => (Trigram: t, Entry: new Entry(rule, Encoding.Latin1.GetBytes(a.Literal), a.IgnoreCase, a.Probe)))))
            .GroupBy(e => e.Trigram, e => e.Entry)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(e => e.Literal.Length).ToArray());
        foreach (var (trigram, sorted) in entries) _buckets[TrigramFilter.Hash(trigram)] = new Bucket(trigram, sorted, _buckets[TrigramFilter.Hash(trigram)]);
        _filter = new TrigramFilter(entries.Keys);
    }

    /// <summary>Continues the search. The state says what has come of it.</summary>
    /// <param name="text">All bytes that are known.</param>
    /// <param name="state">Where the search stands; moved on.</param>
    /// <param name="final">Whether no more text will come.</param>
    public SearchResult Next(ReadOnlySpan<byte> text, ref SearchState state, bool final)
    {
        while (true)
        {
            var mask = state.NextMask(text);
            var segment = mask >= 0 ? new Segment(Math.Max(state.Floor, QuoteRun.Before(text, mask)), IsClosed: true, Mask: true)
                : new Segment(final ? text.Length : QuoteRun.EndOfCertain(text), final, Mask: false);
            var result = Search(text[..segment.End], segment, ref state);
            if (result == SearchResult.Match) continue;
            if (result == SearchResult.NeedsMore) return result;
            if (mask < 0) return SearchResult.Nothing;
            state.Leave(mask);
            return SearchResult.Match;
        }
    }

    private SearchResult Search(ReadOnlySpan<byte> text, Segment segment, ref SearchState state)
    {
        while (state.Position < text.Length && _filter.Next(text, state.Position) is var at && at >= 0)
        {
            state.Position = at;
            var result = Judge(text, segment, ref state);
            if (result != SearchResult.Nothing)
                return result;
            state.Position = at + 1;
        }

        state.Position = Math.Max(state.Position, segment.IsClosed ? text.Length : text.Length - 2);
        return SearchResult.Nothing;
    }

    private SearchResult Judge(ReadOnlySpan<byte> text, Segment segment, ref SearchState state)
    {
        if (EntriesAt(text, state.Position) is not { } entries)
            return SearchResult.Nothing;
        var floor = QuoteRun.After(text, state.Floor);
        var reach = 0;
        foreach (var entry in entries)
        {
            var literal = state.Position - entry.Probe;
            if (literal < state.Floor)
                continue;
            var window = new Window(text, floor, segment.Mask);
            var match = default(Match);
            var found = window.StartsWith(literal, entry.Literal, entry.IgnoreCase) && entry.Rule.TryMatch(ref window, literal, out match);
            state.Work += Math.Max(0, window.Reach - literal);
            state.NeedsJson |= window.NeedsJson;
            reach = Math.Max(reach, window.Reach);
            if (window.Reach > text.Length && !segment.IsClosed)
                return SearchResult.NeedsMore;
            if (!found)
                continue;
            state.Decide(text, entry.Rule.Name, match);
            return SearchResult.Match;
        }

        state.Pass(text, reach);
        return SearchResult.Nothing;
    }

    /// <summary>Null where only the hash is that of an anchor.</summary>
    private Entry[]? EntriesAt(ReadOnlySpan<byte> text, int at)
    {
        var trigram = TrigramFilter.Read(text, at);
        var bucket = _buckets[TrigramFilter.Hash(trigram)];
        while (bucket is not null && bucket.Trigram != trigram) bucket = bucket.Next;
        return bucket?.Entries;
    }

    private sealed record Bucket(uint Trigram, Entry[] Entries, Bucket? Next);

    private sealed record Entry(Rule Rule, byte[] Literal, bool IgnoreCase, int Probe);
}
