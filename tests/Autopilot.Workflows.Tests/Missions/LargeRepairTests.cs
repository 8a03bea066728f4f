using Autopilot.Core.Agents;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>A red base is mended, and what is large waits for a person before it lands.</summary>
public class LargeRepairTests
{
    private const string Question = "large_merge/repair/1";

    [Fact]
    public async Task A_small_repair_lands_and_the_mission_goes_on()
    {
        await using var mission = await Red(fromLines: 100);
        var ended = await mission.Run();
        Assert.Equal((RunState.Completed, "met"), (ended.State, mission.Report(ended).Result));
        Assert.Contains("mended.txt", await mission.OnGreen());
        Assert.DoesNotContain(mission.Facts, fact => fact is ApprovalAsked);
        var found = mission.Facts.OfType<RepairFound>().Single();
        Assert.Equal((12, 1), (found.Lines, found.Files));
    }

    [Fact]
    public async Task A_large_one_waits_without_a_process_and_lands_by_a_persons_yes_and_is_not_made_again()
    {
        await using var mission = await Red(fromLines: 10);
        var waits = await mission.Run();
        Assert.Equal((RunState.Waiting, Question), (waits.State, waits.WaitingFor));
        Assert.False(await mission.HasGreen());
        var asked = Assert.Single(await mission.Desk.LookAtAll(waits.RunId));
        Assert.Equal(("large_merge", "May the repair of the red starting tree land? It changes 12 lines in 1 files."), (asked.Question.Gate, asked.Question.Text));
        Assert.Contains("+line 3", asked.Question.Detail);
        Assert.Equal(RunState.Waiting, (await mission.Resume(waits.RunId)).State);

        await mission.Desk.Give(waits.RunId, Question, Answer.Approval, "user", "");
        var ended = await mission.Resume(waits.RunId);
        Assert.Equal("met", mission.Report(ended).Result);
        Assert.Contains("mended.txt", await mission.OnGreen());
        Assert.Single(mission.Played, played => played.Role == "worker");
    }

    [Fact]
    public async Task A_denied_one_does_not_land_and_the_mission_says_why_it_ends()
    {
        await using var mission = await Red(fromLines: 10);
        var waits = await mission.Run();
        await mission.Desk.Give(waits.RunId, Question, "deny", "user", "in smaller steps");
        var report = mission.Report(await mission.Resume(waits.RunId));
        Assert.Equal("red_base", report.StopCause);
        Assert.Contains(report.Timeline, entry => entry.Text.Contains("in smaller steps", StringComparison.Ordinal));
        Assert.False(await mission.HasGreen());
    }

    [Fact]
    public async Task A_key_that_is_refused_to_who_repairs_is_the_cause_that_is_told()
    {
        await using var mission = await Red(fromLines: 10);
        mission.PlaysAs = (_, _, _) => DrivenMission.Fails(FailureKind.BadKey, "status 401: set a valid key");
        var report = mission.Report(await mission.Run());
        Assert.Equal(("provider_refused", "status 401: set a valid key"), (report.StopCause, report.StopDetail));
    }

    private static async Task<DrivenMission> Red(int fromLines)
    {
        var mission = await DrivenMission.Create();
        mission.IsGood = folder => File.Exists(Path.Combine(folder, "mended.txt"));
        mission.Works = folder => File.WriteAllLines(Path.Combine(folder, "mended.txt"), Enumerable.Range(1, 12).Select(n => $"line {n}"));
        mission.With = request => request with { Settings = request.Settings with { LargeMerge = new LargeMerge(fromLines, 0) } };
        return mission;
    }
}
