using System.Text.Json;
using Autopilot.Core;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Engine.Runs;

namespace Autopilot.Workflows.Missions;

/// <summary>Reads a mission from its journal, whoever is executing it.</summary>
public static class MissionReplay
{
    /// <summary>The mission as the journal has it now.</summary>
    /// <exception cref="UserErrorException">There is no such run.</exception>
    public static async Task<MissionReport> Report(RunEngine engine, string id)
    {
        var request = await Request(engine, id);
        var history = await History(engine, id);
        var state = history is [.., var (_, last)] ? last : await Start(engine, id, request);
        var chronicle = new Chronicle();
        foreach (var (fact, after) in history) chronicle.Add(after, fact);
        var report = MissionReport.Of(id, request, state, chronicle, history.Select(h => h.Fact.At).Append(state.StartedAt).Max());
        return await OutlookOf(engine, id) is { } outlook ? report.With(outlook) : report;
    }

    /// <summary>Every fact in order, with the mission after it.</summary>
    /// <exception cref="UserErrorException">There is no such run.</exception>
    public static async Task<IReadOnlyList<(MissionFact Fact, MissionState After)>> History(RunEngine engine, string id)
    {
        var state = await Start(engine, id, await Request(engine, id));
        var history = new List<(MissionFact, MissionState)>();
        foreach (var step in await engine.Steps(id))
        {
            if (!step.Key.StartsWith("facts/", StringComparison.Ordinal) || step.Outcome is not { } json) continue;
            foreach (var fact in JsonSerializer.Deserialize(json, MissionJson.Default.IReadOnlyListMissionFact)!)
                history.Add((fact, state = state.Apply(fact)));
        }

        return history;
    }

    /// <summary>What comes after it; null when that was not asked, or not yet.</summary>
    private static async Task<Outlook?> OutlookOf(RunEngine engine, string id) =>
        (await engine.Steps(id)).FirstOrDefault(s => s.Key == MissionWorkflow.OutlookStep)?.Outcome is { } json ? JsonSerializer.Deserialize(json, MissionJson.Default.Outlook) : null;

    /// <summary>What a mission was given.</summary>
    /// <exception cref="UserErrorException">There is no such run.</exception>
    public static async Task<MissionRequest> Request(RunEngine engine, string id) =>
        JsonSerializer.Deserialize(await engine.InputOf(id), MissionJson.Default.MissionRequest)!;

    private static async Task<MissionState> Start(RunEngine engine, string id, MissionRequest request) =>
        request.Start((await engine.Get(id)).CreatedAt);
}
