using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Workflows.Missions.Rehearsing;

/// <summary>A world in which everything succeeds at once.</summary>
internal sealed class MadeUpEffects : IMissionEffects
{
    public Task<MissionFact> Carry(MissionAction action, MissionState state, CancellationToken cancellation) => Task.FromResult<MissionFact>(action switch
    {
        VerifyBase a => new BaseVerified(a.Commit, Verdict.Passed, "", []),
        MakePlan a => new PlanMade(a.Epoch, state.Order.IsEmpty ? Plan() : [], 5),
        DoWork a => new WorkEnded(a.Unit, a.Attempt, $"w-{a.Unit}", WorkFailure.None, "", []),
        ReviewWork a => new Reviewed(a.Unit, a.Attempt, ReviewVerdict.Accepted, ""),
        BuildBatch a => new BatchBuilt(a.Batch, a.Onto, $"b{a.Batch}", a.Units, new Dictionary<string, string>(StringComparer.Ordinal)),
        VerifyBatch a => new BatchVerified(a.Batch, a.Attempt, Verdict.Passed, "", []),
        Land a => new Landed(a.Batch, a.Commit),
        CheckObjective a => new ObjectiveChecked(a.Number, true, ""),
        _ => throw new NotSupportedException($"{action} is no part of a mission in which all goes well."),
    });

    private static IReadOnlyList<PlannedUnit> Plan() => Dependencies.Complete([Unit("u1", "a.cs", []), Unit("u2", "b.cs", []), Unit("u3", "c.cs", ["u1"])]);

    private static PlannedUnit Unit(string id, string file, string[] after) => new() { Id = id, Title = id, Description = id, Files = [file], DependsOn = after };
}
