namespace Autopilot.Core.Redaction;

/// <summary>Where a search stands.</summary>
internal struct SearchState
{
    /// <summary>Everything left of this has been judged.</summary>
    public int Position;

    /// <summary>End of the last mask. What stood in it is invisible to the rules, as it will be to a second pass.</summary>
    public int Floor;

    /// <summary>Bytes looked at by rules, the measure of how much a text costs above the plain scan.</summary>
    public long Work;

    /// <summary>Whether a sensitive JSON key was met whose value only a JSON parser can judge.</summary>
    public bool NeedsJson;

    private const int NoneYet = -1;

    private Stack<(string Rule, Match Match)>? decided;
    private PassedAnchors passed;
    private int searchedTo;
    private int mask;
    private bool hasMask;

    public Match Match { get; private set; }

    public string Rule { get; private set; }

    /// <summary>Where what is written next can begin at the earliest, a look-behind not counted: an anchor that was passed over is judged again when a mask comes within what its rule saw.</summary>
    public readonly int Settled(ReadOnlySpan<byte> text) => passed.FirstThatSaw(PassedAnchors.Horizon(text, Math.Min(Position, text.Length)), Position);

    /// <summary>The start of the next mask; negative when there is none in the text so far.</summary>
    public int NextMask(ReadOnlySpan<byte> text)
    {
        if (decided is { Count: > 0 }) return decided.Peek().Match.Start;
        if (hasMask && mask >= Position) return mask;
        var from = Math.Max(Position, searchedTo - Mask.Utf8.Length + 1);
        var found = from < text.Length ? text[from..].IndexOf(Mask.Utf8) : NoneYet;
        (hasMask, mask, searchedTo) = (found >= 0, from + found, found >= 0 ? searchedTo : text.Length);
        return hasMask ? mask : NoneYet;
    }

    /// <summary>The anchor at the position was judged, and nothing found.</summary>
    public void Pass(ReadOnlySpan<byte> text, int reach) => passed.Add(text, Position, reach);

    /// <summary>A rule wants a mask. It will come, but first everything is judged again whose rules saw what it will hide.</summary>
    public void Decide(ReadOnlySpan<byte> text, string rule, Match match)
    {
        (decided ??= []).Push((rule, match));
        var wall = QuoteRun.Before(text, match.Start);
        Position = passed.FirstThatSaw(wall, Position);
        passed.ForgetFrom(Position);
    }

    /// <summary>The search has come to the next mask, and goes on behind it.</summary>
    public void Leave(int start)
    {
        (Rule, Match) = decided is { Count: > 0 } ? decided.Pop() : (SecretFinder.Existing, new Match(start, start + Mask.Utf8.Length));
        Position = Match.End;
        Floor = Match.End;
        passed.Clear();
    }

    /// <summary>The first bytes of the text are gone.</summary>
    public void Forget(int count)
    {
        Position -= count;
        Floor = Math.Max(0, Floor - count);
        searchedTo -= count;
        mask -= count;
        passed.Forget(count);
    }
}
