using Autopilot.Core.Agents;

namespace Autopilot.Core.Tests.Agents;

public class GrowthWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly GrowthWatch watch = new(limit: 1000, baseline: 500);

    [Fact]
    public void It_is_exceeded_by_growth_and_not_by_size()
    {
        Assert.Null(watch.Measured(1500, 1, Start));
        Assert.Equal(1001, watch.Measured(1501, 1, Start));
        Assert.Null(watch.Measured(100, 1, Start));
    }

    [Theory]
    [InlineData(10_000L, 1, false)]
    [InlineData(9_700L, 1, false)]
    [InlineData(9_599L, 1, true)]
    [InlineData(20_000L, 1, false)]
    [InlineData(10_000L, 30, true)]
    [InlineData(null, 1, true)]
    public void It_is_measured_again_when_the_disk_has_shrunk_by_half_of_what_is_left_or_after_a_while(long? free, int seconds, bool due)
    {
        Assert.True(watch.IsDue(10_000, Start));
        watch.Measured(700, 10_000, Start); // 800 are left
        Assert.Equal(due, watch.IsDue(free, Start.AddSeconds(seconds)));
    }
}
