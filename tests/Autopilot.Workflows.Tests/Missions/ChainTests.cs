using Autopilot.Core.Agents;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Tests.Loops;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>A chain of missions with the real driver, git and journal: each hears of those before it, has what they left, and is begun once.</summary>
public class ChainTests
{
    [Fact]
    public async Task Each_mission_begins_at_green_with_what_is_left_and_the_strategist_hears_of_all_before()
    {
        await using var mission = await Chained(3);
        await mission.Run();
        var reports = await mission.Follow();

        Assert.Equal(["Reach it", "Go on 1", "Go on 2"], reports.Select(r => r.Objective));
        Assert.Equal([1, 2, 3], reports.Select(r => r.Chain!.Depth));
        Assert.All(reports, report => Assert.Equal("met", report.Result));
        Assert.Equal(reports.Skip(1).Select(r => r.Base), reports.SkipLast(1).Select(r => r.Commit));
        Assert.Equal(["Add it", "Add it", "Add it", "the first"], await mission.Titles());
        Assert.Null(reports[2].Proposal);

        var asked = mission.Played.Where(played => played.Role == "strategist").Select(played => played.Prompt).ToList();
        Assert.Equal(2, asked.Count);
        Assert.Contains("- met, 1 of 1 units landed: Reach it", asked[1], StringComparison.Ordinal);
        Assert.Contains("Go on 1", asked[1], StringComparison.Ordinal);
        var budgets = new List<decimal?>();
        foreach (var report in reports) budgets.Add((await MissionReplay.Request(mission.Engine, report.RunId)).Settings.MaxBudgetUsd);
        Assert.Equal([1, 1 - reports[0].CostUsd, 1 - reports[0].CostUsd - reports[1].CostUsd], budgets);
        Assert.Equal(0.01m, reports[0].CostByRole["strategist"]);
    }

    /// <summary>From the strategist's answer on: the proposal, the end of the mission, the next one's record and its beginning.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public async Task Wherever_it_dies_between_two_missions_the_next_one_is_begun_once(int write, bool afterWrite)
    {
        await using var mission = await Chained(2);
        var writes = 0;
        mission.Plug = new Plug(_ => mission.Played.Exists(played => played.Role == "strategist") && ++writes == write, afterWrite);
        await mission.Run();
        var reports = await mission.Follow();

        Assert.Equal(1, mission.Deaths);
        Assert.Equal(["Reach it", "Go on 1"], reports.Select(r => r.Objective));
        Assert.All(reports, report => Assert.Equal("met", report.Result));
        Assert.Equal(["Add it", "Add it", "the first"], await mission.Titles());
        Assert.Equal(2, mission.Played.Count(played => played.Role == "worker"));
        Assert.Single(mission.Played, played => played.Role == "strategist");
    }

    [Fact]
    public async Task A_strategist_who_cannot_be_asked_ends_the_chain_and_not_what_was_reached()
    {
        await using var mission = await Chained(3);
        mission.PlaysAs = (_, role, _) => role == "strategist" ? DrivenMission.Fails(FailureKind.BadKey, "status 401") : DrivenMission.Says("");
        await mission.Run();
        var report = Assert.Single(await mission.Follow());
        Assert.Equal("met", report.Result);
        Assert.Contains("The chain ends: the strategist could not be asked: status 401", report.Next);
    }

    [Fact]
    public async Task Nothing_is_proposed_that_asking_for_it_left_no_budget_for()
    {
        await using var mission = await Chained(3);
        var chained = mission.With;
        // The strategist costs what is left.
        mission.With = request => chained(request) with { Settings = chained(request).Settings with { MaxBudgetUsd = 0.04m } };
        await mission.Run();
        var report = Assert.Single(await mission.Follow());
        Assert.Equal(("met", null, 0.04m), (report.Result, report.Proposal, report.CostUsd));
        Assert.Contains("The chain ends: asking for the next mission used up its budget; proposed was: Go on 1", report.Next);
    }

    [Fact]
    public void What_a_person_took_to_answer_is_not_taken_from_the_chain()
    {
        var request = new MissionRequest { Objective = "o", Base = "b", Green = "g", Verification = VerificationPlan.Of("true"), Settings = new MissionSettings { MaxTime = TimeSpan.FromHours(2) }, Chain = new ChainLink(null, 1, 3) };
        var state = request.Start(DateTimeOffset.UnixEpoch) with { SuspendedFor = TimeSpan.FromHours(8), Landings = ["c"] };
        var report = MissionReport.Of("r", request, state, new Chronicle(), DateTimeOffset.UnixEpoch.AddHours(9));
        Assert.Equal((TimeSpan.FromHours(9), TimeSpan.FromHours(8), TimeSpan.FromHours(1)), (report.Duration, report.Waited, report.Took));
        Assert.Contains("08:00:00 of it waiting", ReportText.Markdown(report), StringComparison.Ordinal);
        var next = request.After("r", new Proposal("more", "because", 5), 0, report.Took);
        Assert.Equal(TimeSpan.FromHours(1), next!.Settings.MaxTime);
        Assert.Null(next.After("r", new Proposal("more", "because", 5), 0, TimeSpan.FromHours(1)));
    }

    private static async Task<DrivenMission> Chained(int depth)
    {
        var mission = await DrivenMission.Create();
        mission.With = request => request with { Chain = new ChainLink(null, 1, depth), Settings = request.Settings with { MaxBudgetUsd = 1 } };
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, Guid.NewGuid().ToString("N")), "work\n");
        var proposals = 0;
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role == "strategist" ? $$"""{"objective": "Go on {{++proposals}}", "rationale": "there is more", "ambition": 5}""" : "");
        for (var i = 0; i < depth; i++)
        {
            mission.Plans.Enqueue("""{"units": [{"title": "Add it"}]}""");
            mission.Plans.Enqueue("""{"nothing_left": true}""");
        }

        return mission;
    }
}
