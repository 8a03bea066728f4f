using Autopilot.Core.Governance;

namespace Autopilot.Core.Tests.Governance;

public class MemoryVictimTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_the_largest_of_which_was_heard_lately() =>
        Assert.Equal("b", MemoryVictim.Choose([("a", 10, Now), ("b", 20, Now.AddSeconds(-5)), ("old", 99, Now.AddSeconds(-6))], null, Now));

    [Fact]
    public void Of_two_equal_ones_all_processes_choose_the_same() =>
        Assert.Equal("a", MemoryVictim.Choose([("b", 10, Now), ("a", 10, Now)], null, Now));

    [Fact]
    public void What_holds_nothing_gives_nothing_back() => Assert.Null(MemoryVictim.Choose([("a", 0, Now)], null, Now));

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "a")]
    public void The_last_one_has_time_to_give_its_memory_back(int secondsAgo, string? chosen) =>
        Assert.Equal(chosen, MemoryVictim.Choose([("a", 10, Now)], Now.AddSeconds(-secondsAgo), Now));
}
