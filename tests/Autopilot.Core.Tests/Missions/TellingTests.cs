using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;

namespace Autopilot.Core.Tests.Missions;

public class TellingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "plan/1: no key. It is tried again at 12:00:00Z (fault 1 of 5).")]
    [InlineData(5, "plan/1: no key. That was fault 5 of 5.")]
    [InlineData(0, "plan/1: no key. It is tried again at 12:00:00Z.")]
    public void A_fault_says_what_comes_of_it(int count, string expected)
    {
        var state = new MissionState { Objective = "o", Settings = new MissionSettings(), StartedAt = Noon, Base = "b", Green = "b" };
        state = state with { Faults = state.Faults.SetItem("plan/1", new Fault(count, Noon, "no key.")) };
        Assert.Equal(expected, Telling.Of(state, new ActionFaulted("plan/1", "no key."))!.Text);
    }
}
