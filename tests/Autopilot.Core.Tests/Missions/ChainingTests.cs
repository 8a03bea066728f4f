using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Verification;

namespace Autopilot.Core.Tests.Missions;

public class ChainingTests
{
    [Theory]
    [InlineData(1, 3, null, true, 2, 60, true)]
    [InlineData(3, 3, null, true, 2, 60, false)]
    [InlineData(1, 3, "user", true, 2, 60, false)]
    [InlineData(1, 3, null, false, 2, 60, false)]
    [InlineData(1, 3, null, true, 10, 60, false)]
    [InlineData(1, 3, null, true, 2, 120, false)]
    public void A_chain_goes_on_while_depth_budget_and_time_are_left_and_nothing_stopped_it(int depth, int most, string? stop, bool landed, int spent, int minutes, bool goesOn)
    {
        var end = new MissionState
        {
            Objective = "o",
            Settings = new MissionSettings { MaxBudgetUsd = 10, MaxTime = TimeSpan.FromHours(2) },
            StartedAt = default,
            Base = "b",
            StopCause = stop,
            Landings = landed ? ["c"] : [],
        };
        Assert.Equal(goesOn, new ChainLink(null, depth, most).GoesOn(end, spent, TimeSpan.FromMinutes(minutes)));
    }

    [Fact]
    public void The_next_mission_has_what_the_last_one_left_and_knows_its_parent()
    {
        var left = ChainLink.Left(new MissionSettings { MaxBudgetUsd = 10, MaxTime = TimeSpan.FromHours(2) }, 4, TimeSpan.FromMinutes(30))!;
        Assert.Equal((6m, TimeSpan.FromMinutes(90)), (left.MaxBudgetUsd, left.MaxTime));
        Assert.Equal(new ChainLink("run-1", 2, 3), new ChainLink(null, 1, 3).Next("run-1"));
    }

    [Theory]
    [InlineData("WWW", 3, true)]
    [InlineData("WW", 3, false)]
    [InlineData("WWCWWW", 3, false)]
    [InlineData("WWW-C", 3, true)]
    [InlineData("W-W", 3, false)]
    [InlineData("WWWW", 0, false)]
    public void A_clean_up_is_due_when_enough_missions_landed_something_since_the_last(string newestFirst, int interval, bool due) =>
        Assert.Equal(due, Cleanups.IsDue(newestFirst.Select(m => new PastMission("r", "o", "met", null, m == 'C', 1, m == '-' ? 0 : 1, 0, [])), interval));

    [Fact]
    public void A_clean_up_names_the_tests_that_were_counted_and_none_that_were_not()
    {
        Assert.Contains("12 tests pass now", Cleanups.Propose(new TestCounts(12, 0, 0, [])).Objective, StringComparison.Ordinal);
        Assert.DoesNotContain("tests pass now", Cleanups.Propose(null).Objective, StringComparison.Ordinal);
    }
}
