using Autopilot.Core.Missions;
using Autopilot.Testing;
using Autopilot.Workflows.Missions;

namespace Autopilot.Workflows.Tests.Missions;

public class CountedFaultTests
{
    [Fact]
    public async Task A_fault_is_counted_by_its_action_and_nothing_else_is()
    {
        var counted = new List<string>();
        await using var driver = new MissionDriver(null!, new ManualClock(), (name, labels) => counted.Add($"{name} {labels}"));
        driver.Post(new ActionFaulted("work/u1/2", "no disk"));
        driver.Post(new StopDecided("budget", "used up"));
        Assert.Equal(["autopilot_failures_total where=\"mission\",kind=\"work\""], counted);
    }
}
