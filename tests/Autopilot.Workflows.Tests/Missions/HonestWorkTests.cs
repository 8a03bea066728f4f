using Autopilot.Core.Merging;
using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Tests.Missions;

public class HonestWorkTests
{
    [Fact]
    public async Task What_stands_behind_a_very_large_change_is_looked_at_too()
    {
        await using var mission = await DrivenMission.Create();
        mission.With = request => request with { Settings = request.Settings with { Review = true, MaxAttempts = 1, MaxFruitlessEpochs = 1, LargeMerge = new LargeMerge(0, 0) } };
        mission.Plans.Enqueue("""{"units": [{"title": "Add it"}]}""");
        mission.Works = folder =>
        {
            File.WriteAllLines(Path.Combine(folder, "a-large-file.txt"), Enumerable.Range(1, 60_000).Select(n => $"line {n}"));
            Directory.CreateDirectory(Path.Combine(folder, "tests"));
            File.WriteAllText(Path.Combine(folder, "tests/test_it.py"), "@pytest.mark.skip\ndef test_it():\n    assert 1 == 2\n");
        };
        var unit = Assert.Single(mission.Report(await mission.Run()).Units);
        Assert.Equal(("abandoned", Diagnosis.Dishonest), (unit.Status, Assert.Single(unit.Setbacks).Kind));
        Assert.Contains("tests/test_it.py: skips a test", unit.Setbacks[0].Why, StringComparison.Ordinal);
    }
}
