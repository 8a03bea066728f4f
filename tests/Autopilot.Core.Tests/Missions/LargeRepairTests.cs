using Autopilot.Core.Governance;
using Autopilot.Core.Missions;

namespace Autopilot.Core.Tests.Missions;

/// <summary>The repair of a red base passes the same gate as the work of a unit.</summary>
public class LargeRepairTests
{
    private const string Question = "large_merge/repair/1";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_small_repair_lands_without_asking()
    {
        var state = Red().Apply(new RepairFound(1, "good", 499, 19));
        Assert.Equal([new LandRepair("good", 1, null)], Due(state));
        state = state.Apply(new Repaired(1, "good", ""));
        Assert.Equal(("good", false, "good"), (state.Green, state.BaseIsRed, Assert.Single(state.Landings)));
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(1, 20)]
    public void A_large_one_is_asked_about_waits_without_a_process_and_lands_by_a_persons_yes(int lines, int files)
    {
        var state = Red().Apply(new RepairFound(1, "good", lines, files));
        Assert.Equal([new AskApproval(Gates.LargeMerge, "repair/1")], Due(state));
        state = state.Apply(new ApprovalAsked(Gates.LargeMerge, "repair/1", "may it?", Noon.AddHours(1)));
        Assert.Equal([new Suspend(Question, Noon.AddHours(1))], Due(state));
        Assert.Null(state.Green);
        state = state.Apply(new ApprovalGiven(Question, true, "user", ""));
        Assert.Equal([new LandRepair("good", 1, null)], Due(state));
    }

    [Fact]
    public void A_denied_one_never_lands_and_the_next_hears_why()
    {
        var state = Asked(Red() with { Settings = new MissionSettings { Repairs = 2 } }).Apply(new ApprovalGiven(Question, false, "user", "in smaller steps"));
        Assert.Equal([new RepairBase("base", 2)], Due(state));
        Assert.Contains(state.Lessons, l => l.Contains("in smaller steps", StringComparison.Ordinal));
        Assert.Equal(state, state.Apply(new ApprovalGiven(Question, true, "user", "")));
        state = state.Apply(new RepairFound(2, "better", 900, 1));
        Assert.Equal([new AskApproval(Gates.LargeMerge, "repair/2")], Due(state));
    }

    [Fact]
    public void With_no_repair_left_the_mission_stops_and_says_why()
    {
        var state = Asked(Red()).Apply(new ApprovalGiven(Question, false, "user", "no"));
        Assert.Equal("red_base", Assert.IsType<Stop>(Assert.Single(Due(state))).Cause);
        Assert.Empty(state.Landings);
    }

    [Fact]
    public void A_journal_that_tells_only_of_the_landing_is_still_read()
    {
        var state = Red().Apply(new Repaired(1, "good", ""));
        Assert.Equal("good", state.Green);
    }

    private static MissionState Asked(MissionState state) =>
        state.Apply(new RepairFound(1, "good", 900, 1)).Apply(new ApprovalAsked(Gates.LargeMerge, "repair/1", "may it?", null));

    private static MissionState Red()
    {
        var state = new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings() };
        while (!state.BaseIsRed) state = state.Apply(new BaseVerified("base", Verdict.Failed, "red", []));
        return state;
    }

    private static IReadOnlyList<MissionAction> Due(MissionState state) => new MissionDecision().Decide(state, new HashSet<string>(), Noon);
}
