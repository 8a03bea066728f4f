namespace Autopilot.Core.Redaction;

/// <summary>The text up to the next mask, which is there already or was just decided on. No rule sees beyond it, so that a second pass judges the same.</summary>
/// <param name="End">One past the last byte that rules may see.</param>
/// <param name="IsClosed">A mask, or the end of all text, follows: more text changes nothing.</param>
/// <param name="Mask">What follows is a mask.</param>
internal readonly record struct Segment(int End, bool IsClosed, bool Mask);
