using Autopilot.Core.Loops.Audit;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Loops.Review;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>One run of the chain: the pairs in order, those for phases once for each phase.</summary>
internal sealed class LoopRound(LoopFlow flow, string prefix)
{
    /// <summary>How often the definition of a phase may be sent back before a person must look at it.</summary>
    private const int MostReplans = 3;

    private readonly HashSet<string> done = flow.Main.Record.Depth == 0 ? [.. flow.Request.Done] : [];
    private AuditReport? audit;
    private int plannings;

    private LoopRecord Record => flow.Main.Record;

    /// <returns>What the audit found; null when none was run.</returns>
    public async Task<AuditReport?> Run()
    {
        foreach (var group in Groups(flow.Pairs))
        {
            if (group[0].PerPhase) await RunPhases(group);
            else await RunOnce(group[0]);
        }

        return audit;
    }

    /// <summary>Neighbouring pairs for phases belong together: a phase goes through all of them before the next begins.</summary>
    private static IEnumerable<List<PairDefinition>> Groups(IReadOnlyList<PairDefinition> pairs)
    {
        var group = new List<PairDefinition>();
        foreach (var pair in pairs)
        {
            if (group.Count > 0 && !(pair.PerPhase && group[0].PerPhase))
            {
                yield return group;
                group = [];
            }

            group.Add(pair);
        }

        if (group.Count > 0) yield return group;
    }

    private async Task RunOnce(PairDefinition pair)
    {
        var again = pair.Yields == PairYield.Phases ? ++plannings : 1;
        if (again == 1 && done.Contains(pair.Name) && (pair.Yields != PairYield.Phases || Adopt()))
        {
            Record.Event("pair_completed", ("pair", pair.Name), ("phase_id", null), ("imported", true));
            return;
        }

        var end = await new PairRun(flow, flow.Main, new PairPlace(pair, null), again == 1 ? prefix : $"{prefix}again{again}/").Run();
        if (end.Plan is { } plan)
        {
            Record.Plan = Record.Plan is { } earlier ? plan.Keep(earlier, Record.CompletedPhases) : plan;
            Record.Artifacts["plan/phase_plan.yaml"] = PhasePlanText.Write(Record.Plan, flow.Request.TaskId);
        }

        audit = end.Audit ?? audit;
    }

    private bool Adopt()
    {
        if (flow.Request.Plan is not { } text || PhasePlanText.Parse(text).Plan is not { } plan) return false;
        Record.Plan = plan;
        return true;
    }

    private async Task RunPhases(List<PairDefinition> pairs)
    {
        var planner = flow.Pairs.FirstOrDefault(p => p.Yields == PairYield.Phases);
        if (Record.Plan is null && Record.Depth == 0) Adopt();
        Record.Plan ??= PhasePlan.Implicit(Record.Request);
        Announce();
        var beside = Beside(pairs, planner);
        while (Next() is { } phase)
        {
            var together = beside is null ? [] : Open(beside);
            var wrong = beside is not null && (together.Count > 1 || together.Exists(beside.HasReturned)) ? await RunTogether(beside, together) : await RunAlone(pairs, phase, MayReplan(planner));
            if (wrong.Count == 0) continue;
            foreach (var (sentBack, verdict) in wrong) SendBack(sentBack, verdict);
            await RunOnce(planner!);
            Announce();
        }
    }

    private bool MayReplan(PairDefinition? planner) => planner is not null && plannings <= MostReplans;

    private ParallelPhases? Beside(List<PairDefinition> pairs, PairDefinition? planner) => flow.Request.Parallel > 1 && flow.Main.Space is IDivisibleSpace space
        ? new ParallelPhases(flow, space, prefix, pairs[0].Name, (lane, phase, at) => RunPairs(lane, pairs, phase, at, MayReplan(planner)))
        : null;

    /// <summary>What could be worked on now, beside each other.</summary>
    private List<PlannedPhase> Open(ParallelPhases beside) =>
    [
        .. Selected().Where(p => !Record.CompletedPhases.Contains(p.Id) && Record.Plan!.Missing(p, Record.CompletedPhases).Count == 0)
            .OrderByDescending(beside.HasReturned).Take(flow.Request.Parallel),
    ];

    private async Task<IReadOnlyList<(PlannedPhase Phase, GateVerdict Verdict)>> RunTogether(ParallelPhases beside, List<PlannedPhase> phases)
    {
        foreach (var phase in phases) Record.Event("phase_started", ("phase_id", phase.Id), ("phase_mode", flow.Request.PhaseMode));
        var (landed, wrong) = await beside.Run(phases);
        foreach (var phase in landed) Complete(phase);
        return wrong;
    }

    private async Task<IReadOnlyList<(PlannedPhase Phase, GateVerdict Verdict)>> RunAlone(List<PairDefinition> pairs, PlannedPhase phase, bool mayReplan)
    {
        await Ready(phase);
        Record.Event("phase_started", ("phase_id", phase.Id), ("phase_mode", flow.Request.PhaseMode));
        if (await RunPairs(flow.Main, pairs, phase, plannings <= 1 ? prefix : $"{prefix}plan{plannings}/", mayReplan) is { } wrong) return [(phase, wrong)];
        Complete(phase);
        return [];
    }

    private PlannedPhase? Next() => Selected().FirstOrDefault(p => !Record.CompletedPhases.Contains(p.Id));

    /// <summary>Follow-ups have plans of their own: the user's selection was of the first one.</summary>
    private IReadOnlyList<PlannedPhase> Selected() =>
        Record.Depth == 0 ? Record.Plan!.Select(flow.Request.PhaseId, flow.Request.PhaseMode) : Record.Plan!.Phases;

    private void Announce() => Record.Event("phase_scope_resolved", ("phase_mode", flow.Request.PhaseMode),
        ("phase_ids", new System.Text.Json.Nodes.JsonArray([.. Selected().Select(p => System.Text.Json.Nodes.JsonValue.Create(p.Id))])), ("explicit", flow.Request.PhaseId is not null));

    private async Task Ready(PlannedPhase phase)
    {
        if (Record.Plan!.Missing(phase, Record.CompletedPhases) is not { Count: > 0 } missing) return;
        var word = await flow.Pause(flow.Main, $"{prefix}{phase.Key}/ready", "failed", $"The phase '{phase.Id}' depends on {string.Join(", ", missing)}, which this run has not completed. Choose --phase-mode up-to, or resume to go on as if they were completed.");
        Record.Log($"entry=clarification | phase_id={phase.Id} | source=human", $"Completed by word of a person: {string.Join(", ", missing)}. {word}");
        Record.CompletedPhases.AddRange(missing);
    }

    /// <returns>Null when the phase is complete, else why it must be planned again.</returns>
    private async Task<GateVerdict?> RunPairs(LoopLane lane, List<PairDefinition> pairs, PlannedPhase phase, string at, bool mayReplan)
    {
        foreach (var pair in pairs.Where(p => !done.Contains($"{p.Name}/{phase.Id}")))
        {
            var end = await new PairRun(flow, lane, new PairPlace(pair, phase), at, mayReplan).Run();
            audit = end.Audit ?? audit;
            if (end.Verdict.Result != GateResult.PhaseWrong) continue;
            lane.Record.Event("phase_sent_back", ("phase_id", phase.Id), ("pair", pair.Name));
            return end.Verdict;
        }

        return null;
    }

    private void SendBack(PlannedPhase phase, GateVerdict verdict) =>
        Record.AddFeedback(flow.Pairs.First(p => p.Yields == PairYield.Phases).Name, $"The phase {phase.Id} cannot stay as it is", verdict.Reasons);

    private void Complete(PlannedPhase phase)
    {
        Record.CompletedPhases.Add(phase.Id);
        Record.Event("phase_completed", ("phase_id", phase.Id), ("phase_mode", flow.Request.PhaseMode));
    }
}
