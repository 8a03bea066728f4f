namespace Autopilot.Core.Redaction.Rules;

/// <summary>A run of characters from one set.</summary>
/// <param name="Characters">The set.</param>
/// <param name="Min">Fewest characters.</param>
/// <param name="Max">Most characters.</param>
internal sealed record TokenPart(string Characters, int Min, int Max)
{
    public ByteSet Bytes { get; } = Rules.Characters.Of(Characters);
}
