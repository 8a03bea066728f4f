using Autopilot.Workflows.Missions;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>What workers of one mission found reaches those of the next, where it concerns them.</summary>
public class MemoryTests
{
    [Fact]
    public async Task A_discovery_of_one_mission_is_told_to_planner_and_worker_of_a_later_one_that_it_concerns()
    {
        await using var mission = await DrivenMission.Create();
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, Guid.NewGuid().ToString("N")), "work\n");
        mission.PlaysAs = (_, role, _) => DrivenMission.Says(role == "worker" ? """AUTOPILOT_RESULT: {"status": "completed", "summary": "done", "discoveries": ["the exporter writes dates in local time"], "concerns": ["rows without an owner are dropped"]}""" : "");
        mission.Plans.Enqueue("""{"units": [{"title": "Export orders"}]}""");
        mission.Plans.Enqueue("""{"nothing_left": true}""");
        var report = mission.Report(await mission.Run());
        Assert.Equal("Discovered: the exporter writes dates in local time. Concerns: rows without an owner are dropped.", Assert.Single(report.Units).Learned);
        Assert.Contains("the exporter writes dates", ReportText.Markdown(report), StringComparison.Ordinal);

        mission.Played.Clear();
        mission.With = request => request with { Objective = "Export invoices, with dates" };
        mission.Plans.Enqueue("""{"units": [{"title": "Export invoices"}, {"title": "Paint the door"}]}""");
        await mission.Run();
        const string Lesson = "Export orders (landed): Discovered: the exporter writes dates in local time.";
        Assert.Contains($"In an earlier mission: {Lesson}", mission.Played[0].Prompt, StringComparison.Ordinal);
        var workers = mission.Played.Where(played => played.Role == "worker").ToList();
        Assert.Contains(Lesson, workers.Single(w => w.Prompt.Contains("unit of work: Export invoices", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
        Assert.DoesNotContain(Lesson, workers.Single(w => w.Prompt.Contains("unit of work: Paint the door", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
    }
}
