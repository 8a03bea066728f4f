namespace Autopilot.Core.Agents;

/// <summary>Tokens of one or more model calls, each counted once.</summary>
/// <param name="Input">Input tokens that were neither read from nor written to the cache.</param>
/// <param name="Output">Output tokens, reasoning included.</param>
/// <param name="CacheRead">Input tokens read from the cache.</param>
/// <param name="CacheCreation">Input tokens written to the cache.</param>
public readonly record struct TokenUsage(long Input, long Output, long CacheRead, long CacheCreation)
{
    /// <summary>More than any session uses: whoever reports more of one kind at once is wrong.</summary>
    public const long Most = 1_000_000_000_000;

    public static TokenUsage None => default;

    public long Total => Input + Output + CacheRead + CacheCreation;

    /// <summary>Whether a session can have used this.</summary>
    public bool IsPossible => Fits(Input) && Fits(Output) && Fits(CacheRead) && Fits(CacheCreation);

    public static TokenUsage operator +(TokenUsage a, TokenUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.CacheRead + b.CacheRead, a.CacheCreation + b.CacheCreation);

    public static TokenUsage operator -(TokenUsage a, TokenUsage b) =>
        new(a.Input - b.Input, a.Output - b.Output, a.CacheRead - b.CacheRead, a.CacheCreation - b.CacheCreation);

    /// <summary>What a count that only grows has grown by; nothing where it shrank.</summary>
    public TokenUsage Since(TokenUsage before) =>
        new(Math.Max(0, Input - before.Input), Math.Max(0, Output - before.Output), Math.Max(0, CacheRead - before.CacheRead), Math.Max(0, CacheCreation - before.CacheCreation));

    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;

    public static TokenUsage Subtract(TokenUsage left, TokenUsage right) => left - right;

    private static bool Fits(long count) => count is >= 0 and <= Most;
}
