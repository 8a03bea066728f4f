using Autopilot.Core.Missions;

namespace Autopilot.Core.Tests.Missions;

public class RefusedKeyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("plan/1", true, false, true)]
    [InlineData("review/u1/1", true, false, true)]
    [InlineData("plan/1", false, false, false)]
    [InlineData("plan/2", true, true, false)]
    public void A_refused_key_ends_a_mission_at_once_unless_it_was_good_before(string key, bool refused, bool landed, bool stops)
    {
        var state = new MissionState { Objective = "o", Base = "base", StartedAt = Noon, Settings = new MissionSettings() }.Apply(new BaseVerified("base", Verdict.Passed, "", []));
        if (landed) state = state with { Landings = ["c1"] };
        state = state.Apply(new ActionFaulted(key, "status 401: set a valid key") { Refused = refused, At = Noon });
        var due = new MissionDecision().Decide(state, new HashSet<string>(), Noon);
        Assert.Equal(stops, due.Contains(new Stop("provider_refused", "status 401: set a valid key")));
    }
}
