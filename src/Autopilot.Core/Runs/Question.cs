namespace Autopilot.Core.Runs;

/// <summary>A question that a person must answer before a run goes on.</summary>
/// <param name="Gate">Which gate asks: push, large_merge, dishonest_work, mode, evolution, question, or one the workflow names.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Detail">What the person needs to decide; may be long.</param>
/// <param name="Choices">The permitted answers; empty for free text.</param>
/// <param name="Timeout">After which the answer is <paramref name="OnTimeout"/>; null waits for ever.</param>
/// <param name="OnTimeout">Never an approval unless configuration says so for this very gate.</param>
public sealed record Question(
    string Gate,
    string Text,
    string? Detail,
    IReadOnlyList<string> Choices,
    TimeSpan? Timeout = null,
    string? OnTimeout = null);
