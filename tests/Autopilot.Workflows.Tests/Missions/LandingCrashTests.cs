using Autopilot.Core.Missions;
using Autopilot.Workflows.Tests.Loops;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>The plug is pulled at the very write that tells the journal of a landing: green has moved, and nobody knows.</summary>
public class LandingCrashTests
{
    private const string OneUnit = """{"units": [{"title": "Add b", "description": "as it says", "files": ["b.txt"]}]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repair_that_landed_is_known_again_and_not_merged_twice(bool afterWrite)
    {
        await using var mission = await DrivenMission.Create();
        mission.IsGood = folder => File.Exists(Path.Combine(folder, "mended.txt"));
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, File.Exists(Path.Combine(folder, "mended.txt")) ? "b.txt" : "mended.txt"), "work\n");
        mission.Plans.Enqueue(OneUnit);
        mission.Plug = new Plug(_ => mission.GreenIsThere(), afterWrite);

        var report = mission.Report(await mission.Run());

        Assert.Equal(1, mission.Deaths);
        Assert.Equal(afterWrite, mission.DiedAfter is [.., Repaired { Commit: not null }]);
        Assert.Equal(!afterWrite, mission.DiedAfter is [.., RepairFound]);
        Assert.Equal(("met", 1), (report.Result, report.Units.Count(u => u.Status == "landed")));
        Assert.Equal(["Add b", "Repair the red base", "the first"], await mission.Titles());
        Assert.Equal(2, report.Landings.Count);
        Assert.Equal(2, mission.Played.Count(played => played.Role == "worker"));
        Assert.Contains(await mission.Green(), mission.Verified);
        Assert.All(report.Landings, landing => Assert.Contains(landing.Commit, mission.Verified));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_unit_that_landed_is_known_again_and_not_merged_twice(bool afterWrite)
    {
        await using var mission = await DrivenMission.Create();
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, "b.txt"), "work\n");
        mission.Plans.Enqueue(OneUnit);
        mission.Plug = new Plug(_ => mission.GreenIsThere(), afterWrite);

        var report = mission.Report(await mission.Run());

        Assert.Equal(1, mission.Deaths);
        Assert.Equal(afterWrite, mission.DiedAfter is [.., Landed]);
        Assert.Equal(!afterWrite, mission.DiedAfter is [.., BatchVerified]);
        Assert.Equal(("met", "landed"), (report.Result, Assert.Single(report.Units).Status));
        Assert.Equal(["Add b", "the first"], await mission.Titles());
        Assert.Single(report.Landings);
        Assert.Single(mission.Played, played => played.Role == "worker");
        Assert.Contains(await mission.Green(), mission.Verified);
    }
}
