using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>Whoever is asked has no longer than a worker: a role that hangs is stopped and asked again, and does not hold up the mission for ever.</summary>
public class RoleTimeTests
{
    private const string Plan = """{"units": [{"title": "Add a", "description": "Write a.txt.", "files": ["a.txt"]}]}""";

    [Fact]
    public async Task Every_role_is_limited_in_time_and_silence()
    {
        await using var mission = await Reviewed();
        var limits = new Dictionary<string, (TimeSpan?, TimeSpan?)>(StringComparer.Ordinal);
        mission.PlaysAs = (_, role, request) =>
        {
            limits[role] = (request.Limits.WallClock, request.Limits.Silence);
            return Answers(role);
        };
        Assert.Equal("met", mission.Report(await mission.Run()).Result);
        Assert.Equal(["auditor", "planner", "reviewer", "worker"], limits.Keys.Order(StringComparer.Ordinal));
        Assert.All(limits, limit => Assert.Equal((TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(3)), limit.Value));
    }

    [Theory]
    [InlineData("planner", "I am still reading.")]
    [InlineData("reviewer", "I am still reading.")]
    [InlineData("auditor", "")]
    public async Task A_role_that_ran_out_of_time_is_asked_again(string role, string said)
    {
        await using var mission = await Reviewed();
        var hangs = 2;
        mission.PlaysAs = (_, played, _) => played == role && hangs-- > 0
            ? new AgentOutcome { Kind = OutcomeKind.Limited, Limit = LimitKind.Time, Detail = "out of time", FinalText = said, CostUsd = 0.01m }
            : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("met", null, 2), (report.Result, report.StopCause, report.Faults));
        Assert.All(report.Units, unit => Assert.Equal(("landed", 1), (unit.Status, unit.Attempts)));
        Assert.Equal(0.02m + (0.01m * (mission.Played.Count(played => played.Role == role) - 2)), report.CostByRole[role]);
    }

    private static async Task<DrivenMission> Reviewed()
    {
        var mission = await DrivenMission.Create();
        mission.With = request => request with
        {
            Settings = request.Settings with { Review = true, CheckObjective = true },
            AskReviewer = true,
            WorkerTime = TimeSpan.FromMinutes(7),
            WorkerSilence = TimeSpan.FromMinutes(3),
        };
        mission.Plans.Enqueue(Plan);
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, "a.txt"), "a\n");
        return mission;
    }

    private static AgentOutcome Answers(string role) => DrivenMission.Says(role switch
    {
        "reviewer" => """{"alignment": 9, "approach": 9, "tests": 9, "criteria": 9, "remarks": ""}""",
        "auditor" => """{"met": true, "because": "all of it is there"}""",
        _ => "",
    });
}
