using Autopilot.Agents.Models;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Models;
using Autopilot.ModelServer;
using Autopilot.ModelServer.Scenarios;
using Autopilot.Workflows.Missions;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>A provider that refuses the key or is limited blames no unit and costs no attempt, whoever was asked: it is handed over, waited for, or told.</summary>
public class ProviderFaultTests
{
    private const string Refusal = "status 401: set a valid key";
    private const string TwoUnits = """{"units": [{"title": "Add b", "description": "first", "files": ["b.txt"]}, {"title": "Add c", "description": "second", "files": ["c.txt"], "depends_on": [0]}]}""";

    [Theory]
    [InlineData("planner")]
    [InlineData("worker")]
    [InlineData("reviewer")]
    public async Task A_refused_key_ends_the_mission_with_its_reason_where_nobody_stands_in(string role)
    {
        await using var mission = await Reviewed();
        mission.PlaysAs = (_, played, _) => played == role ? Refused() : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("nothing", "provider_refused", Refusal), (report.Result, report.StopCause, report.StopDetail));
        Assert.Contains("set a valid one, or log in with the agent", report.Next[0], StringComparison.Ordinal);
        Assert.Single(mission.Played, played => played.Role == role);
        NobodyIsBlamed(report);
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("worker")]
    [InlineData("reviewer")]
    public async Task It_is_handed_over_where_somebody_stands_in(string role)
    {
        await using var mission = await Reviewed();
        mission.StandIns = ["second"];
        mission.PlaysAs = (agent, played, _) => agent == "first" && played == role ? Refused() : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("met", 0), (report.Result, report.Faults));
        Assert.All(mission.Played, played => Assert.True(played.Agent == "first" || played.Role == role));
        Assert.All(report.Units, unit => Assert.Equal(("landed", 1), (unit.Status, unit.Attempts)));
        NobodyIsBlamed(report);
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("reviewer")]
    [InlineData("auditor")]
    public async Task It_is_tried_again_once_something_has_landed_for_then_the_key_was_good(string role)
    {
        await using var mission = await Reviewed();
        var refusals = 2;
        mission.PlaysAs = (_, played, _) => played == role && mission.GreenIsThere() && refusals-- > 0 ? Refused() : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("met", null, 2), (report.Result, report.StopCause, report.Faults));
        Assert.All(report.Units, unit => Assert.Equal(("landed", 1), (unit.Status, unit.Attempts)));
        NobodyIsBlamed(report);
    }

    [Fact]
    public async Task What_landed_stays_and_the_reason_is_told_where_it_is_never_accepted_again()
    {
        await using var mission = await Reviewed();
        mission.PlaysAs = (_, played, _) => played == "worker" && mission.GreenIsThere() ? Refused() : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("partial", "infrastructure"), (report.Result, report.StopCause));
        Assert.EndsWith($"could not be carried out 5 times in a row: {Refusal}", report.StopDetail, StringComparison.Ordinal);
        Assert.Contains("b.txt", await mission.OnGreen());
        NobodyIsBlamed(report);
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("worker")]
    [InlineData("reviewer")]
    [InlineData("auditor")]
    public async Task A_limit_with_a_known_end_is_waited_for_and_brings_no_stop_nearer(string role)
    {
        await using var mission = await Reviewed();
        // More than an action may fail; the limits are over when they are told of.
        var limits = 7;
        mission.PlaysAs = (_, played, _) => played == role && limits-- > 0
            ? DrivenMission.Fails(FailureKind.RateLimit, "limit reached") with { RetryAt = DateTimeOffset.UnixEpoch }
            : Answers(played);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("met", null, 7), (report.Result, report.StopCause, report.Faults));
        NobodyIsBlamed(report);
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("reviewer")]
    public async Task A_model_that_refuses_the_key_is_told_as_the_cause(string role)
    {
        await using var server = await ScenarioServer.Start();
        server.Book.Add(_ => ModelReply.Fail(Fault.OfStatus(401)));
        await using var mission = await Reviewed();
        using var models = new ModelCatalog([new() { Name = "asked", Kind = ModelKinds.OpenAi, Model = "asked", Url = server.OpenAiUrl, ApiKeyEnv = "FAKE_KEY" }], name => throw new UserErrorException(name), _ => "sk-fake", TimeProvider.System);
        (mission.Models, mission.ModelRole) = (models, role);
        var report = mission.Report(await mission.Run());
        Assert.Equal(("nothing", "provider_refused"), (report.Result, report.StopCause));
        Assert.StartsWith(server.OpenAiUrl, report.StopDetail, StringComparison.Ordinal);
        Assert.Contains("answered 401", report.StopDetail, StringComparison.Ordinal);
        Assert.Single(server.Log.Served);
        NobodyIsBlamed(report);
    }

    private static void NobodyIsBlamed(MissionReport report)
    {
        Assert.All(report.Units, unit => Assert.Empty(unit.Setbacks));
        Assert.DoesNotContain(report.Units, unit => unit.Status is "abandoned" or "blocked");
    }

    private static AgentOutcome Refused() => DrivenMission.Fails(FailureKind.BadKey, Refusal);

    private static AgentOutcome Answers(string role) => DrivenMission.Says(role switch
    {
        "reviewer" => """{"alignment": 9, "approach": 9, "tests": 9, "criteria": 9, "remarks": ""}""",
        "auditor" => """{"met": true, "because": "both are there"}""",
        _ => "",
    });

    private static async Task<DrivenMission> Reviewed()
    {
        var mission = await DrivenMission.Create();
        mission.With = request => request with { AskReviewer = true, Settings = request.Settings with { Review = true, CheckObjective = true } };
        mission.PlaysAs = (_, played, _) => Answers(played);
        mission.Plans.Enqueue(TwoUnits);
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, File.Exists(Path.Combine(folder, "b.txt")) ? "c.txt" : "b.txt"), "work\n");
        return mission;
    }
}
