using Autopilot.Core.Missions;
using Autopilot.Rendering;

namespace Autopilot.Commands.Demo;

/// <summary>What a mission's journal proves of what the demo promises.</summary>
internal static class DemoEvidence
{
    public static IReadOnlyList<DemoPromise> Of(IReadOnlyList<(MissionFact Fact, MissionState After)> history)
    {
        var end = history[^1].After;
        var facts = history.Select(h => h.Fact).ToList();
        var flakes = string.Join(", ", end.Flakes.Keys);
        var parallel = history.Max(h => h.After.Units.Values.Count(u => u.Status == UnitStatus.Working));
        return
        [
            new("parallel", $"{parallel} units were worked on at the same time", parallel > 1),
            new("conflict", "two units changed one line; the second was sent back and redone", facts.OfType<BatchBuilt>().Any(b => b.Conflicts.Keys.Any(Landed))),
            new("repaired", "a unit failed verification and was repaired with what the check had said", end.Units.Values.Any(u => Landed(u.Id) && u.Setbacks.Any(s => s.Why.StartsWith("verification failed", StringComparison.Ordinal)))),
            new("nothing_done", "an agent said that it was done and had done nothing; it was not believed", facts.OfType<WorkEnded>().Any(w => w.Failure == WorkFailure.NothingDone && Landed(w.Unit))),
            new("hang", "an agent hung; it was ended, and the unit was done by another attempt", facts.OfType<WorkEnded>().Any(w => w.Failure == WorkFailure.Limit && Landed(w.Unit))),
            new("flake", $"a flaky test was told from a defect: {flakes}", !end.Flakes.IsEmpty),
            .. Always(end),
        ];

        bool Landed(string unit) => end.Units[unit].Status == UnitStatus.Landed;
    }

    /// <summary>What holds for real agents as well.</summary>
    public static IReadOnlyList<DemoPromise> Always(MissionState end) =>
    [
        new("all_landed", $"{end.Units.Values.Count(u => u.Status == UnitStatus.Landed)} of {end.Units.Count} units landed, in {Readable.Count(end.Landings.Count, "landing")}", end.Units.Count > 0 && end.Units.Values.All(u => u.Status == UnitStatus.Landed)),
        new("objective_met", "the objective is met, by the facts and by the auditor", MissionResults.Of(end) == MissionResult.Met),
    ];
}
