namespace Autopilot.Workflows.Tests.Missions;

/// <summary>Somebody else moves green before the mission has landed anything.</summary>
public class MovedGreenTests
{
    [Fact]
    public async Task What_is_there_is_verified_and_built_upon()
    {
        await using var mission = await DrivenMission.Create();
        // Long enough for any machine; a mission that never finds green where it expects it would go on to its end.
        mission.With = request => request with { Settings = request.Settings with { MaxTime = TimeSpan.FromMinutes(1) } };
        mission.Plans.Enqueue("""{"units": [{"title": "Add b", "description": "as it says", "files": ["b.txt"]}]}""");
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, "b.txt"), "work\n");
        var theirs = await mission.CommitOfAnother();
        mission.PlaysAs = (_, role, _) =>
        {
            if (role == "worker") mission.MoveGreen(theirs);
            return DrivenMission.Says("");
        };

        var report = mission.Report(await mission.Run());

        Assert.Equal(("met", null), (report.Result, report.StopCause));
        Assert.Equal(["Add b", "of another", "the first"], await mission.Titles());
        Assert.All([theirs, await mission.Green()], commit => Assert.Contains(commit, mission.Verified));
        Assert.Single(mission.Played, played => played.Role == "worker");
    }

    [Fact]
    public async Task What_is_there_is_repaired_where_it_is_red_like_the_base_before()
    {
        await using var mission = await DrivenMission.Create();
        mission.With = request => request with { Settings = request.Settings with { Repairs = 2 } };
        mission.IsGood = folder => File.Exists(Path.Combine(folder, "mended.txt"));
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, "mended.txt"), "work\n");
        var theirs = await mission.CommitOfAnother();
        mission.PlaysAs = (_, _, _) =>
        {
            if (!mission.GreenIsThere()) mission.MoveGreen(theirs);
            return DrivenMission.Says("");
        };

        var report = mission.Report(await mission.Run());

        Assert.Equal(("met", null), (report.Result, report.StopCause));
        Assert.Equal(["Repair the red base", "of another", "the first"], await mission.Titles());
        Assert.Contains(await mission.Green(), mission.Verified);
    }
}
