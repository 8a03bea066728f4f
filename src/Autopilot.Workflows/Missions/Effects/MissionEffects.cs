using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>The real world.</summary>
public sealed class MissionEffects : IMissionEffects
{
    private readonly VerifyEffect verify;
    private readonly RepairEffect repair;
    private readonly PlanEffect plan;
    private readonly WorkEffect work;
    private readonly ReviewEffect review;
    private readonly BatchEffect batch;
    private readonly PushEffect push;
    private readonly AskEffect ask;
    private readonly ObjectiveEffect objective;

    public MissionEffects(string runId, MissionRequest request, MissionParts parts)
    {
        var mission = new MissionContext(runId, request, parts);
        verify = new VerifyEffect(mission);
        repair = new RepairEffect(mission, verify);
        plan = new PlanEffect(mission);
        work = new WorkEffect(mission);
        review = new ReviewEffect(mission, verify);
        batch = new BatchEffect(mission);
        push = new PushEffect(mission);
        ask = new AskEffect(mission);
        objective = new ObjectiveEffect(mission);
    }

    public Task<MissionFact> Carry(MissionAction action, MissionState state, CancellationToken cancellation) => action switch
    {
        VerifyBase a => verify.Carry(a, cancellation),
        RepairBase a => repair.Carry(a, state, cancellation),
        LandRepair a => repair.Carry(a, cancellation),
        MakePlan a => plan.Carry(a, state, cancellation),
        DoWork a => work.Carry(a, state, cancellation),
        ReviewWork a => review.Carry(a, state, cancellation),
        BuildBatch a => batch.Carry(a, state, cancellation),
        VerifyBatch a => verify.Carry(a, state, cancellation),
        Land a => batch.Carry(a, cancellation),
        PushGreen a => push.Carry(a, cancellation),
        AskApproval a => ask.Carry(a, state, cancellation),
        CheckObjective a => objective.Carry(a, state, cancellation),
        _ => throw new ArgumentException($"Nothing carries out {action.GetType().Name}.", nameof(action)),
    };
}
