namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>A state of a run that works in the user's checkout.</summary>
/// <param name="Commit">What the run did, without what the user had changed and not committed.</param>
/// <param name="Seen">The tree of the checkout as it was; null when it is the commit's own.</param>
internal readonly record struct InPlacePoint(string Commit, string? Seen)
{
    public static InPlacePoint Parse(string text) => text.IndexOf('+', StringComparison.Ordinal) is var at and > 0 ? new(text[..at], text[(at + 1)..]) : new(text, null);

    public override string ToString() => Seen is null ? Commit : $"{Commit}+{Seen}";
}
