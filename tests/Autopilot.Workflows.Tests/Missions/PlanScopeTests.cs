using Autopilot.Core.Agents;
using Autopilot.Core.Missions;
using Autopilot.Workflows.Tests.Loops;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>What the planner has answered for a scope is used again for that scope after a fault or a crash, and for no other.</summary>
public class PlanScopeTests
{
    private const string Halves = """{"scopes": ["the left half", "the right half"]}""";

    [Fact]
    public async Task After_a_fault_in_the_middle_only_what_was_not_answered_is_asked()
    {
        await using var mission = await Planning();
        var faults = 1;
        mission.PlaysAs = (_, role, request) => role == "planner" && Scope(request.Prompt) == "the right half" && faults-- > 0 ? throw new IOException("no space") : Answer(role, request.Prompt);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("met", 1, 2), (report.Result, report.Faults, report.Units.Count));
        Assert.Equal(["Reach it", "the left half", "the right half", "the right half", "Reach it"], Asked(mission));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_that_was_made_when_the_process_died_is_not_asked_for_again(bool afterWrite)
    {
        await using var mission = await Planning();
        mission.Plug = new Plug(_ => Asked(mission).Count == 3, afterWrite);
        var report = mission.Report(await mission.Run());
        Assert.Equal((1, afterWrite), (mission.Deaths, mission.DiedAfter is [.., PlanMade]));
        Assert.Equal(("met", 2), (report.Result, report.Units.Count));
        Assert.Equal(["Reach it", "the left half", "the right half", "Reach it"], Asked(mission));
        Assert.Equal(0.04m, report.CostByRole["planner"]);
    }

    [Fact]
    public async Task Another_scope_at_the_same_place_is_asked_about()
    {
        await using var mission = await Planning();
        mission.With = request => request with { MinAmbition = 10 };
        mission.PlaysAs = (_, role, request) => role == "planner" && request.Prompt.Contains("at least 10 is wanted", StringComparison.Ordinal)
            ? DrivenMission.Says("""{"scopes": ["the upper half", "the left half"]}""")
            : Answer(role, request.Prompt);
        var report = mission.Report(await mission.Run());
        Assert.Equal("met", report.Result);
        Assert.Equal(["Reach it", "the left half", "the right half", "Reach it", "the upper half", "the left half", "Reach it"], Asked(mission));
        Assert.Equal(["Do the upper half", "Do the left half"], report.Units.Select(u => u.Title));
    }

    private static List<string> Asked(DrivenMission mission) => [.. mission.Played.Where(played => played.Role == "planner").Select(played => Scope(played.Prompt))];

    /// <summary>What the planner is asked to plan.</summary>
    private static string Scope(string prompt) => new[] { "the left half", "the right half", "the upper half" }.FirstOrDefault(s => prompt.Contains($"Decompose this scope: {s}\n", StringComparison.Ordinal)) ?? "Reach it";

    private static AgentOutcome Answer(string role, string prompt) => DrivenMission.Says((role, Scope(prompt)) switch
    {
        ("planner", "Reach it") => prompt.Contains("(landed)", StringComparison.Ordinal) ? """{"nothing_left": true}""" : Halves,
        ("planner", var scope) => $$"""{"units": [{"title": "Do {{scope}}"}]}""",
        _ => "",
    });

    private static async Task<DrivenMission> Planning()
    {
        var mission = await DrivenMission.Create();
        mission.With = request => request with { MinAmbition = 1 };
        mission.PlaysAs = (_, role, request) => Answer(role, request.Prompt);
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, Guid.NewGuid().ToString("N")), "work\n");
        return mission;
    }
}
