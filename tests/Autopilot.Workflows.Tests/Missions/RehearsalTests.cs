using Autopilot.Workflows.Missions.Rehearsing;

namespace Autopilot.Workflows.Tests.Missions;

public sealed class RehearsalTests
{
    [Fact]
    public async Task The_made_up_mission_goes_through_all_of_a_mission()
    {
        var report = await Rehearsal.Run(TimeProvider.System, CancellationToken.None);
        Assert.Equal("met", report.Result);
        Assert.Equal(["u1", "u2", "u3"], report.Units.Select(u => u.Id));
        Assert.All(report.Units, unit => Assert.Equal("landed", unit.Status));
    }
}
