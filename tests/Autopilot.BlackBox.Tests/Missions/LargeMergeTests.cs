using System.Text.Json;

namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>A large change waits for a person, without a process, while everything else lands.</summary>
public sealed class LargeMergeTests
{
    private const string Worker = """
        if [ "$unit" = large ]; then for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; done > large.txt; else echo done > "$unit.txt"; fi
        """;

    private static readonly string Plan = MissionScene.Plan(MissionScene.Unit("small"), MissionScene.Unit("large"));

    private static MissionScene Scene() => new(Worker, Plan, settings: "large_merge_lines: 10");

    [Fact]
    public void The_mission_waits_without_a_process_and_lands_what_was_approved()
    {
        using var scene = Scene();
        var waits = scene.Run();
        Assert.True(waits.Code == 4, waits.Error);
        Assert.Empty(LiveProcesses.Below(scene.Program.Outside(".")));
        Assert.Equal(("landed", "approving"), (Status(scene, "u1"), Status(scene, "u2")));
        Assert.DoesNotContain("large.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
        var question = Assert.Single(JsonDocument.Parse(scene.Program.Run("approvals", "list", "--json").Output).RootElement.EnumerateArray());
        Assert.Equal("large_merge", question.GetProperty("gate").GetString());
        Assert.Contains("12 lines in 1 files", question.GetProperty("text").GetString());
        Assert.Equal(4, scene.Program.Run("mission", "resume").Code);

        Assert.Equal(0, scene.Program.Run("approvals", "approve", question.GetProperty("id").GetString()!, "--reason", "looked at it").Code);
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("looked at it", ended.Error);
        Assert.Contains("large.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
    }

    [Fact]
    public void What_was_denied_does_not_land_and_the_report_says_why()
    {
        using var scene = Scene();
        var waits = scene.Run();
        Assert.True(waits.Code == 4, waits.Error);
        var id = JsonDocument.Parse(scene.Program.Run("approvals", "list", "--json").Output).RootElement[0].GetProperty("id").GetString()!;
        Assert.Equal(0, scene.Program.Run("approvals", "deny", id, "--reason", "in smaller parts").Code);
        scene.Program.Run("mission", "resume");
        var unit = MissionScene.UnitOf(scene.Report(), "u2");
        Assert.Equal("abandoned", unit.GetProperty("status").GetString());
        Assert.Contains("in smaller parts", unit.GetProperty("reason").GetString());
        Assert.DoesNotContain("large.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
    }

    [Fact]
    public void Approve_all_answers_as_the_user_who_typed_it_and_never_for_an_agent()
    {
        using var scene = Scene();
        scene.Program.Variables["AUTOPILOT_SESSION"] = "x";
        Assert.Equal(5, scene.Run("--approve-all").Code);
        scene.Program.Variables.Remove("AUTOPILOT_SESSION");
        Assert.Contains("approval_is_user_only", scene.Program.Run("status").Output);
        var ended = scene.Run("--approve-all");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.True(ended.Error.Contains("large_merge/u2/1 by user mission --approve-all", StringComparison.Ordinal), ended.Error);
        Assert.Contains("large.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
    }

    private static string Status(MissionScene scene, string unit) => MissionScene.UnitOf(scene.Report(), unit).GetProperty("status").GetString()!;
}
