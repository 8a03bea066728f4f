namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>A machine that runs short: the mission ends its process in order and goes on when there is enough again.</summary>
public sealed class LevelTests
{
    [Fact]
    public void At_safe_stop_a_mission_waits_without_a_process_and_is_resumed_afterwards()
    {
        using var scene = new MissionScene("echo done > \"$unit.txt\"", MissionScene.Plan(MissionScene.Unit("a")));
        var configuration = File.ReadAllText(scene.Program["autopilot.yaml"]);
        File.WriteAllText(scene.Program["autopilot.yaml"], configuration + "\nresources: { disk: 16777216 }\n");
        var waits = scene.Run();
        Assert.True(waits.Code == 4, waits.Error);
        Assert.Contains("level      safe_stop: the disk has only", waits.Error);
        Assert.Contains("safe_stop", scene.Program.Run("status").Output);

        File.WriteAllText(scene.Program["autopilot.yaml"], configuration);
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("level      full", ended.Error);
        Assert.DoesNotContain("safe_stop", scene.Program.Run("status").Output);
    }
}
