using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Missions.Rehearsing;

/// <summary>
/// Goes through a small mission that is made up, in memory and without any effect. Most of what a short mission takes is the
/// first call of each method; done on another processor while git and the ledger are opened, it costs the real one no time.
/// </summary>
public static class Rehearsal
{
    private const string Id = "rehearsal";

    /// <returns>How the made-up mission ended.</returns>
    public static async Task<MissionReport> Run(TimeProvider clock, CancellationToken cancellation)
    {
        var request = Through(new MissionRequest { Objective = "Reach it", Base = "b0", Green = "green", Verification = VerificationPlan.Of("true"), Settings = new MissionSettings() }, MissionJson.Default.MissionRequest);
        var (state, chronicle) = (request.Start(clock.GetUtcNow()), new Chronicle());
        await using var driver = new MissionDriver(new MadeUpEffects(Plan()), clock);
        for (var facts = await driver.NextFacts(state, cancellation); facts.Count > 0; facts = await driver.NextFacts(state, cancellation))
            foreach (var fact in Through(facts, MissionJson.Default.IReadOnlyListMissionFact))
                chronicle.Add(state = state.Apply(fact), fact);
        var report = Through(MissionReport.Of(Id, request, state, chronicle, clock.GetUtcNow()), MissionJson.Default.MissionReport);
        ReportText.Markdown(report);
        return report;
    }

    private static IReadOnlyList<PlannedUnit> Plan() => Dependencies.Complete([Unit("u1", "a.cs", []), Unit("u2", "b.cs", []), Unit("u3", "c.cs", ["u1"])]);

    private static PlannedUnit Unit(string id, string file, string[] after) => new() { Id = id, Title = id, Description = id, Files = [file], DependsOn = after };

    private static T Through<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type), type)!;
}
