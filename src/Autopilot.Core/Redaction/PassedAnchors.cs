namespace Autopilot.Core.Redaction;

/// <summary>Anchors at which nothing was found, as far as a mask could still come within what their rules saw. Mostly there is none or one.</summary>
internal struct PassedAnchors
{
    private (int At, int Reach) first;
    private List<(int At, int Reach)>? others;
    private int furthest;
    private bool any;

    /// <summary>No mask that is still to come, with the quotes before it, begins before this.</summary>
    public static int Horizon(ReadOnlySpan<byte> text, int at) => QuoteRun.Before(text, Math.Max(0, at - SecretFinder.LookBehind));

    public void Add(ReadOnlySpan<byte> text, int at, int reach)
    {
        if (!any || furthest <= Horizon(text, at))
        {
            Clear();
            (first, furthest, any) = ((at, reach), reach, true);
            return;
        }

        (others ??= []).Add((at, reach));
        furthest = Math.Max(furthest, reach);
    }

    /// <summary>The offset of the first whose rule saw more than what is left of a place; another where there is none before that.</summary>
    public readonly int FirstThatSaw(int place, int otherwise)
    {
        if (!any || furthest <= place) return otherwise;
        if (first.Reach > place) return Math.Min(first.At, otherwise);
        foreach (var (at, reach) in others ?? [])
            if (reach > place) return Math.Min(at, otherwise);
        return otherwise;
    }

    /// <summary>Those at an offset and behind it will be judged again.</summary>
    public void ForgetFrom(int offset)
    {
        others?.RemoveAll(p => p.At >= offset);
        if (any && first.At >= offset) Clear();
    }

    /// <summary>The first bytes of the text are gone.</summary>
    public void Forget(int count)
    {
        first = (first.At - count, first.Reach - count);
        furthest -= count;
        for (var i = 0; i < (others?.Count ?? 0); i++) others![i] = (others[i].At - count, others[i].Reach - count);
    }

    public void Clear()
    {
        any = false;
        others?.Clear();
    }
}
