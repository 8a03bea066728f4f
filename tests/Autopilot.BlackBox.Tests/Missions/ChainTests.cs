using System.Text.Json;

namespace Autopilot.BlackBox.Tests.Missions;

public sealed class ChainTests
{
    // The unit of each mission is named after the objective, so that no mission repeats another's file.
    private const string Planner = "asked 'Nothing has been planned yet.' || { echo '{\"nothing_left\": true}'; exit 0; }\nname=a; asked 'Make b' && name=b\necho \"{\\\"units\\\": [{\\\"title\\\": \\\"$name\\\", \\\"files\\\": [\\\"$name.txt\\\"], \\\"priority\\\": 1}]}\"";
    private const string Strategist = "if asked 'You are the strategist'; then echo '{\"objective\": \"Make b\", \"rationale\": \"a is there\", \"ambition\": 5}'; exit 0; fi\n";

    [Fact]
    public void Without_a_person_or_their_consent_the_chain_stops_at_the_proposal_and_next_begins_it_once()
    {
        using var scene = Scene();
        var ended = scene.Run("--chain", "--json");
        Assert.True(ended.Code == 0, ended.Error);
        var first = MissionScene.Json(ended);
        Assert.Equal("Make b", first.GetProperty("proposal").GetProperty("objective").GetString());
        Assert.Contains("autopilot mission next", ended.Error);
        Assert.Single(Missions(scene));

        var id = first.GetProperty("run_id").GetString()!;
        var next = scene.Program.Run("mission", "next", id, "--json");
        Assert.True(next.Code == 0, next.Error);
        var second = MissionScene.Json(next);
        Assert.Equal((id, 2), (second.GetProperty("chain").GetProperty("parent").GetString(), second.GetProperty("chain").GetProperty("depth").GetInt32()));
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":b.txt"));

        scene.Program.Run("mission", "next", id, "--json");
        Assert.Equal(2, Missions(scene).Count);
        Assert.Equal(2, Asked(scene));
    }

    [Fact]
    public void A_chain_that_is_killed_as_its_next_mission_begins_goes_on_with_exactly_that_one()
    {
        using var scene = Scene();
        var id = MissionScene.Json(scene.Run("--chain", "--json")).GetProperty("run_id").GetString()!;
        var begun = scene.Program.Start("mission", "next", id);
        while (Missions(scene).Count < 2 && !begun.HasExited) { }
        begun.Kill(entireProcessTree: true);
        Program.Wait(begun);

        var (one, other) = (scene.Program.Start("mission", "next", id), scene.Program.Start("mission", "next", id));
        Assert.Contains(0, new[] { Program.Wait(one).Code, Program.Wait(other).Code });
        Assert.Equal(2, Missions(scene).Count);
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":b.txt"));
    }

    [Fact]
    public void With_consent_in_advance_it_goes_on_to_its_depth_and_tidies_up_when_that_is_due()
    {
        using var scene = Scene(", chain_max_depth: 2, cleanup_interval: 1");
        var ended = scene.Run("--chain", "--approve-all", "--json");
        Assert.True(ended.Code == 0, ended.Error);
        var reports = MissionScene.Lines(ended.Output).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(2, reports.Count);
        Assert.True(reports[1].GetProperty("cleanup").GetBoolean());
        Assert.Equal("simplifier", MissionScene.UnitOf(reports[1], "u1").GetProperty("specialist").GetString());
        Assert.False(reports[1].TryGetProperty("proposal", out var none) && none.ValueKind != JsonValueKind.Null);
        Assert.Equal(0, Asked(scene));
    }

    private static List<JsonElement> Missions(MissionScene scene) => [.. MissionScene.Json(scene.Program.Run("mission", "list", "--json")).EnumerateArray()];

    /// <summary>How often the strategist was asked, by its recordings.</summary>
    private static int Asked(MissionScene scene) => Directory.GetFiles(scene.Program[".autopilot/runs"], "strategy.jsonl", SearchOption.AllDirectories).Length;

    private static MissionScene Scene(string settings = "") => new("echo done >> \"$unit.txt\"", Planner, settings: "check_objective: false" + settings, before: Strategist);
}
