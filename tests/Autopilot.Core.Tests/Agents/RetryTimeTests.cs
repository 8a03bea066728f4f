using Autopilot.Core.Agents;

namespace Autopilot.Core.Tests.Agents;

public sealed class RetryTimeTests
{
    private static readonly DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Claude AI usage limit reached|1767279600", "2026-01-01T15:00:00Z")]
    [InlineData("You've hit your usage limit. Upgrade or try again in 2 days 3 hours 5 minutes.", "2026-01-03T15:05:00Z")]
    [InlineData("Please try again in 1.5s.", "2026-01-01T12:00:01.5Z")]
    [InlineData("Rate limited, try again in 250ms", "2026-01-01T12:00:00.25Z")]
    [InlineData("try again at Jan 9th, 2026 3:12 PM.", "2026-01-09T15:12:00Z")]
    [InlineData("resets at 2026-01-01T13:00:00Z", "2026-01-01T13:00:00Z")]
    [InlineData("5-hour limit reached - resets 3am", "2026-01-02T03:00:00Z")]
    [InlineData("try again in 99999999999999999999 days", "2026-01-09T12:00:00Z")]
    [InlineData("resets 11:30 pm", "2026-01-01T23:30:00Z")]
    public void The_time_is_found(string text, string expected) => Assert.Equal(DateTimeOffset.Parse(expected), RetryTime.Find(text, now));

    [Theory]
    [InlineData(null)]
    [InlineData("Too many requests")]
    [InlineData("usage limit reached|1000000000")]
    public void No_time_is_invented(string? text) => Assert.Null(RetryTime.Find(text, now));
}
