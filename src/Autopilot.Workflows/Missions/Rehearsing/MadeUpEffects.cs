using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Workflows.Missions.Rehearsing;

/// <summary>A world in which everything succeeds at once.</summary>
/// <param name="plan">The first answer of the planner; its second is that nothing is left.</param>
public sealed class MadeUpEffects(IReadOnlyList<PlannedUnit> plan) : IMissionEffects
{
    public Task<MissionFact> Carry(MissionAction action, MissionState state, CancellationToken cancellation) => Task.FromResult<MissionFact>(action switch
    {
        VerifyBase a => new BaseVerified(a.Commit, Verdict.Passed, "", []),
        MakePlan a => new PlanMade(a.Epoch, state.Order.IsEmpty ? plan : [], 5),
        DoWork a => new WorkEnded(a.Unit, a.Attempt, $"w-{a.Unit}", WorkFailure.None, "", []),
        ReviewWork a => new Reviewed(a.Unit, a.Attempt, ReviewVerdict.Accepted, ""),
        BuildBatch a => new BatchBuilt(a.Batch, a.Onto, $"b{a.Batch}", a.Units, new Dictionary<string, string>(StringComparer.Ordinal)),
        VerifyBatch a => new BatchVerified(a.Batch, a.Attempt, Verdict.Passed, "", []),
        Land a => new Landed(a.Batch, a.Commit),
        CheckObjective a => new ObjectiveChecked(a.Number, true, ""),
        _ => throw new NotSupportedException($"{action} is no part of a mission in which all goes well."),
    });
}
