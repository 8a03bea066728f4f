using Autopilot.Core.Agents;
using Autopilot.Core.Missions;
using Autopilot.Workflows.Missions;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>What a mission is given changes it: seen in who is asked, what they are told, and what becomes of it.</summary>
public class MissionRequestTests
{
    private const string OneUnit = """{"units": [{"title": "Add b", "description": "as it says", "files": ["b.txt"], "uncertainty": 0.5}]}""";
    private const string TwoUnits = """{"units": [{"title": "Add b", "files": ["b.txt"]}, {"title": "Add c", "files": ["c.txt"]}]}""";

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    public async Task The_planner_divides_so_deep(int depth, int landed)
    {
        await using var mission = await Working();
        mission.With = request => request with { PlanDepth = depth };
        mission.Plans.Enqueue("""{"scopes": ["one half", "the other"]}""");
        for (var i = 0; i < landed; i++) mission.Plans.Enqueue(OneUnit);
        var report = mission.Report(await mission.Run());
        Assert.Equal(landed, report.Units.Count(unit => unit.Status == "landed"));
        Assert.Equal(depth == 1, mission.Facts.OfType<PlanFailed>().Any(failed => failed.Detail.Contains("no level is left", StringComparison.Ordinal)));
        var prompts = Prompts(mission, "planner");
        Assert.Contains($"{depth - 1} more levels of division are allowed", prompts[0], StringComparison.Ordinal);
        Assert.Equal(depth == 2, prompts.Exists(prompt => prompt.Contains("0 more levels", StringComparison.Ordinal) && prompt.Contains("the other", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task An_answer_of_the_planner_is_so_wide_at_most(int width, bool sentBack)
    {
        await using var mission = await Working();
        mission.With = request => request with { PlanWidth = width };
        mission.Plans.Enqueue(TwoUnits);
        if (sentBack) mission.Plans.Enqueue(OneUnit);
        var report = mission.Report(await mission.Run());
        Assert.Equal(sentBack ? 1 : 2, report.Units.Count);
        Assert.Contains($"(at most {width})", Prompts(mission, "planner")[0], StringComparison.Ordinal);
        Assert.Equal(sentBack, Prompts(mission, "planner")[1].Contains("There are 2 units; at most 1 are allowed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(1, 2)]
    public async Task A_timid_first_plan_is_asked_for_once_more(int ambition, int asked)
    {
        await using var mission = await Working();
        mission.With = request => request with { MinAmbition = ambition };
        mission.Plans.Enqueue(OneUnit);
        mission.Plans.Enqueue(ambition == 10 ? TwoUnits : """{"nothing_left": true}""");
        var report = mission.Report(await mission.Run());
        Assert.Equal(ambition == 10 ? 2 : 1, report.Units.Count);
        Assert.Equal(asked, Prompts(mission, "planner").Count);
        Assert.Equal(ambition == 10, Prompts(mission, "planner")[1].Contains("at least 10 is wanted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.5, true)]
    [InlineData(0.6, false)]
    public async Task An_architect_designs_what_is_so_uncertain_and_the_worker_reads_it(double from, bool designed)
    {
        await using var mission = await Working();
        mission.With = request => request with { ArchitectFrom = from };
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role == "architect" ? "First the header, then the rows." : "");
        mission.Plans.Enqueue(OneUnit);
        var report = mission.Report(await mission.Run());
        Assert.Equal("met", report.Result);
        Assert.Equal(designed ? 1 : 0, Prompts(mission, "architect").Count);
        Assert.Equal(designed, Prompts(mission, "worker")[0].Contains("First the header, then the rows.", StringComparison.Ordinal));
        Assert.Equal(designed ? 0.01m : 0, report.CostByRole.GetValueOrDefault("architect"));
    }

    [Theory]
    [InlineData("text", "command")]
    [InlineData("Text", "Command")]
    public async Task Criteria_of_the_planner_reach_worker_and_verification_in_either_spelling(string text, string command)
    {
        await using var mission = await Working();
        mission.Plans.Enqueue($$"""{"units": [{"title": "Add b", "files": ["b.txt"], "criteria": [{"{{text}}": "b is there", "{{command}}": "test -e b.txt"}]}]}""");
        mission.With = request => request with { Settings = request.Settings with { Review = true } };
        var report = mission.Report(await mission.Run());
        Assert.Equal("met", report.Result);
        Assert.Contains("- b is there (`test -e b.txt` exits with 0)", Prompts(mission, "worker")[0], StringComparison.Ordinal);
        Assert.Contains("test -e b.txt", mission.Commands);
        Assert.Contains("\"text\"", Prompts(mission, "planner")[0].Split("JSON of this schema:")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "abandoned")]
    [InlineData(", \"may_change_checks\": true", "landed")]
    public async Task Work_with_which_fewer_tests_pass_does_not_land_unless_it_may_change_them(string more, string status)
    {
        await using var mission = await Working();
        mission.With = request => request with { Settings = request.Settings with { MaxAttempts = 1, MaxFruitlessEpochs = 1 } };
        mission.Tests = folder => Array.Exists(Directory.GetFiles(folder), file => Path.GetFileName(file).Length == 32) ? 3 : 5;
        mission.Plans.Enqueue($$"""{"units": [{"title": "Add b", "files": ["b.txt"]{{more}}}]}""");
        var unit = Assert.Single(mission.Report(await mission.Run()).Units);
        Assert.Equal(status, unit.Status);
        Assert.Equal(status == "abandoned", unit.Reason.Contains("3 tests pass with it, and 5 without it", StringComparison.Ordinal));
        Assert.Equal(status == "landed", await mission.HasGreen());
    }

    [Fact]
    public async Task An_auditor_who_praises_what_did_not_land_is_contradicted()
    {
        await using var mission = await Working();
        mission.With = request => request with { Settings = request.Settings with { CheckObjective = true, MaxAttempts = 1 } };
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role == "auditor" ? """{"met": true, "because": "looks good"}""" : "");
        mission.IsGood = folder => !Array.Exists(Directory.GetFiles(folder), file => Path.GetFileName(file).Length == 32);
        mission.Plans.Enqueue(OneUnit);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("nothing", 1), (report.Result, report.GivenUp));
        Assert.Contains(report.Next, next => next.StartsWith("The auditor takes the objective for met", StringComparison.Ordinal));
        Assert.Contains("0 of 1 landed, 1 given up", ReportText.Markdown(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Plans_that_land_nothing_end_the_mission_after_so_many_and_no_further_one_is_paid_for(int most)
    {
        await using var mission = await Working();
        mission.With = request => request with { Settings = request.Settings with { MaxFruitlessEpochs = most, MaxAttempts = 1 } };
        mission.Works = _ => { };
        for (var i = 0; i < 5; i++) mission.Plans.Enqueue(OneUnit);
        var report = mission.Report(await mission.Run());
        Assert.Equal("repeated_failure", report.StopCause);
        Assert.Equal((most, most), (Prompts(mission, "planner").Count, Prompts(mission, "worker").Count));
        Assert.All(report.Units, unit => Assert.Equal("abandoned", unit.Status));
    }

    [Theory]
    [InlineData(6, "landed")]
    [InlineData(6.5, "abandoned")]
    public async Task A_review_below_the_score_sends_back(double least, string status)
    {
        await using var mission = await Working();
        mission.With = request => request with { AskReviewer = true, MinReviewScore = least, Settings = request.Settings with { Review = true, MaxAttempts = 1, MaxFruitlessEpochs = 1 } };
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role == "reviewer" ? """{"alignment": 6, "approach": 6, "tests": 6, "criteria": 6, "remarks": "no header"}""" : "");
        mission.Plans.Enqueue(OneUnit);
        var unit = Assert.Single(mission.Report(await mission.Run()).Units);
        Assert.Equal(status, unit.Status);
        Assert.Equal(status == "abandoned", unit.Reason.Contains("6.0 of 10. no header", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reviewer_and_auditor_are_asked_where_that_is_wanted(bool wanted)
    {
        await using var mission = await Working();
        mission.With = request => request with { AskReviewer = wanted, Settings = request.Settings with { Review = true, CheckObjective = wanted } };
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role switch
        {
            "reviewer" => """{"alignment": 9, "approach": 9, "tests": 9, "criteria": 9}""",
            "auditor" => """{"met": true, "because": "it is there"}""",
            _ => "",
        });
        mission.Plans.Enqueue(OneUnit);
        Assert.Equal("met", mission.Report(await mission.Run()).Result);
        Assert.Equal(wanted ? 1 : 0, Prompts(mission, "reviewer").Count);
        Assert.Equal(wanted ? 1 : 0, Prompts(mission, "auditor").Count);
    }

    [Fact]
    public async Task A_worker_has_so_much_time_and_may_be_silent_for_so_long()
    {
        await using var mission = await Working();
        mission.With = request => request with { WorkerTime = TimeSpan.FromMinutes(7), WorkerSilence = TimeSpan.FromMinutes(3), ArchitectFrom = 0 };
        var limits = new List<(string, AgentLimits)>();
        mission.PlaysAs = (_, role, request) =>
        {
            limits.Add((role, request.Limits));
            return DrivenMission.Says("");
        };
        mission.Plans.Enqueue(OneUnit);
        await mission.Run();
        foreach (var role in new[] { "architect", "worker" })
        {
            var limit = Assert.Single(limits, l => l.Item1 == role).Item2;
            Assert.Equal((TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(3)), (limit.WallClock, limit.Silence));
        }
    }

    private static List<string> Prompts(DrivenMission mission, string role) => [.. mission.Played.Where(played => played.Role == role).Select(played => played.Prompt)];

    private static async Task<DrivenMission> Working()
    {
        var mission = await DrivenMission.Create();
        mission.With = request => request with { MinAmbition = 1 };
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, Guid.NewGuid().ToString("N")), "work\n");
        return mission;
    }
}
