using System.Text.Json;
using Autopilot.Engine.Runs;

namespace Autopilot.Workflows.Missions;

/// <summary>The earlier missions of a repository, read from their journals.</summary>
public static class PastMissions
{
    /// <param name="except">The run that asks.</param>
    /// <param name="most">Older ones are left out.</param>
    /// <returns>The newest first.</returns>
    public static async Task<IReadOnlyList<MissionReport>> Read(RunEngine engine, string except, int most, CancellationToken cancellation)
    {
        var reports = new List<MissionReport>();
        foreach (var run in (await engine.List()).Where(r => r.Workflow == MissionWorkflow.Name && r.Id != except).Take(most))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                reports.Add(await MissionReplay.Report(engine, run.Id));
            }
            catch (JsonException)
            {
                // A journal of another version teaches nothing, and is no reason not to begin.
            }
        }

        return reports;
    }
}
