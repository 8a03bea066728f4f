namespace Autopilot.Engine.Ledger;

/// <summary>Amounts as the ledger stores them: millionths of a USD.</summary>
internal static class Money
{
    private const decimal Scale = 1_000_000;

    /// <summary>The most that one entry holds, in USD: more than any cap, and so little that thousands of them still have a sum.</summary>
    public const decimal Most = 1_000_000_000;

    /// <summary>Rounds up: a ledger errs on the side of having spent. What is absurd becomes the most that an entry holds.</summary>
    public static long Store(decimal usd) => (long)Math.Ceiling(Math.Min(usd, Most) * Scale);

    public static decimal Load(long millionths) => millionths / Scale;
}
