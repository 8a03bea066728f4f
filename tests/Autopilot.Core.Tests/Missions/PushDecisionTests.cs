using Autopilot.Core.Governance;
using Autopilot.Core.Missions;

namespace Autopilot.Core.Tests.Missions;

public sealed class PushDecisionTests
{
    [Fact]
    public void A_mission_does_not_end_while_what_it_took_in_from_the_remote_waits_to_land()
    {
        var state = new MissionState
        {
            Objective = "x",
            Settings = new MissionSettings { Push = true, CheckObjective = false },
            StartedAt = DateTimeOffset.UnixEpoch,
            Base = "base",
            Green = "g1",
            Landings = ["g1"],
            Epoch = 1,
            NothingLeft = true,
            Level = DegradationLevel.ReadOnly,
            Batches = [new Batch(-2, "g1", []) { Commit = "m", TakesIn = "theirs", Verdict = Verdict.Passed }],
        };
        Assert.DoesNotContain(new MissionDecision().Decide(state, new HashSet<string>(), state.StartedAt), a => a is Finish);
        Assert.Contains(new MissionDecision().Decide(state with { Level = DegradationLevel.Full }, new HashSet<string>(), state.StartedAt), a => a is Land);
    }
}
