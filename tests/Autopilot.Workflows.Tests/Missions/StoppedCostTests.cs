using Autopilot.Core.Agents;
using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>What was spent on work that was stopped is told like everything else.</summary>
public class StoppedCostTests
{
    private const string TwoUnits = """{"units": [{"title": "Add b", "files": ["b.txt"]}, {"title": "Add c", "files": ["c.txt"]}]}""";

    [Fact]
    public async Task A_session_that_is_stopped_with_the_mission_is_in_its_cost_and_what_it_left_is_told()
    {
        await using var mission = await Planned();
        mission.With = request => request with { MinAmbition = 1, Settings = request.Settings with { MaxBudgetUsd = 0.02m } };
        var waiting = new TaskCompletionSource();
        var workers = 0;
        mission.Before = async (role, request, cancellation) =>
        {
            if (role != "worker") return null;
            if (Interlocked.Increment(ref workers) > 1)
            {
                File.WriteAllText(Path.Combine(request.Workspace, "half.txt"), "half\n");
                return await UntilStopped(waiting, cancellation);
            }

            // Planner and first worker use up the budget, and that ends the second.
            await waiting.Task;
            return null;
        };
        var report = mission.Report(await mission.Run());
        Assert.Equal("budget", report.StopCause);
        Assert.Equal(0.07m, report.CostUsd);
        Assert.Equal((0.01m, 0.06m), (report.CostByRole["planner"], report.CostByRole["worker"]));
        Assert.Equal([0.01m, 0.05m], report.Units.Select(unit => unit.CostUsd).Order());
        Assert.Contains(report.Timeline, entry => entry.Verb == "stopped" && entry.Text.Contains("it had cost $0.05", StringComparison.Ordinal));
        var stopped = report.Units.Single(unit => unit.Status == "working");
        Assert.Equal("attempt 1 was stopped in the middle", stopped.Reason);
        Assert.EndsWith($"/{stopped.Id}-1-partial", stopped.Branch, StringComparison.Ordinal);
        Assert.Equal("half\n", await mission.InHub(stopped.Branch!, "half.txt"));
    }

    [Fact]
    public async Task A_session_that_was_interrupted_and_goes_on_has_cost_all_its_parts()
    {
        await using var mission = await Planned();
        using var stop = new CancellationTokenSource();
        mission.With = request => request with { MinAmbition = 1, Settings = request.Settings with { Workers = 1 } };
        mission.Before = async (role, _, cancellation) =>
        {
            if (role != "worker" || stop.IsCancellationRequested) return null;
            await stop.CancelAsync();
            return await UntilStopped(new TaskCompletionSource(), cancellation);
        };
        var stopped = await mission.Run(stop.Token);
        Assert.Equal(RunState.Stopped, stopped.State);
        var report = mission.Report(await mission.Resume(stopped.RunId));
        Assert.Equal("met", report.Result);
        Assert.Equal(0.07m, report.CostByRole["worker"]);
        Assert.Equal([0.06m, 0.01m], report.Units.Select(unit => unit.CostUsd));
    }

    private static async Task<AgentOutcome?> UntilStopped(TaskCompletionSource waiting, CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellation.Register(stopped.SetResult);
        waiting.TrySetResult();
        await stopped.Task;
        return new AgentOutcome { Kind = OutcomeKind.Cancelled, Detail = "it was told to stop", CostUsd = 0.05m };
    }

    private static async Task<DrivenMission> Planned()
    {
        var mission = await DrivenMission.Create();
        mission.Plans.Enqueue(TwoUnits);
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, Guid.NewGuid().ToString("N")), "work\n");
        return mission;
    }
}
