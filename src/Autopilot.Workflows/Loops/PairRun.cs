using Autopilot.Core.Loops.Audit;
using Autopilot.Core.Loops.Control;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Loops.Review;

namespace Autopilot.Workflows.Loops;

/// <summary>One pair, cycle by cycle, until the gate opens.</summary>
internal sealed class PairRun(LoopFlow flow, LoopLane lane, PairPlace place, string prefix, bool mayReplan = false)
{
    private readonly string key = prefix + place.Key;
    private readonly LoopTurns turns = new(flow, lane, place);
    private readonly Clarifications clarifications = new(flow, lane, place, prefix + place.Key);
    private int cycle = 1;
    private int attempt = 1;
    private int limit = flow.Request.MaxIterations;
    private PhasePlan? plan;
    private AuditReport? audit;

    private LoopRecord Record => lane.Record;

    private PairDefinition Pair => place.Pair;

    private string Turn => $"{key}/{cycle}.{attempt}";

    public async Task<PairEnd> Run()
    {
        Event("pair_started");
        while (true)
        {
            Event("cycle_started", ("cycle", cycle), ("attempt", attempt));
            if (await Cycle() is not { } verdict) continue;
            switch (verdict.Result)
            {
                case GateResult.Complete:
                    Event("pair_completed", ("cycle", cycle), ("attempt", attempt));
                    return new PairEnd(verdict, plan, audit);
                case GateResult.PhaseWrong:
                    return new PairEnd(verdict, plan, audit);
                case GateResult.Blocked:
                    Event("blocked", ("cycle", cycle), ("attempt", attempt));
                    await Help("blocked", string.Join('\n', verdict.Reasons));
                    break;
                default:
                    await Another(verdict);
                    break;
            }
        }
    }

    /// <returns>Null when the cycle must be begun again.</returns>
    private async Task<GateVerdict?> Cycle()
    {
        if (!await Produced()) return null;
        var facts = await Facts();
        if (await Reviewed(facts) is not { } reviewed) return null;
        var verdict = Gate.Decide(reviewed.Report, Pair.Criteria, facts, mayReplan);
        Record.Reviews[place.Folder] = (reviewed.Report, verdict);
        if (reviewed.Report is null) Event("missing_promise_default", ("cycle", cycle), ("attempt", attempt));
        await Note($"{Turn}/verdict", Pair.Verifier, reviewed.Turn, verdict);
        return verdict;
    }

    /// <summary>The producer's turn, mended once where its answer or its artefacts cannot be used, and kept.</summary>
    /// <returns>False when the cycle must be begun again.</returns>
    private async Task<bool> Produced()
    {
        var result = await Kept("produce", null);
        if (await Asked(result)) return false;
        if (ProblemOf(result) is { } problem)
        {
            Record.Log($"entry={(Pair.Yields == PairYield.Phases ? "phase_plan_retry" : "loop_control_retry")} | pair={Pair.Name} | cycle={cycle}", problem);
            result = await Kept("produce/repair", problem);
            if (await Asked(result)) return false;
            if (ProblemOf(result) is { } still)
            {
                Event("pair_failed");
                await Help("failed", still);
                return false;
            }
        }

        return true;
    }

    /// <summary>A turn of the producer, and what it left as a state of its own: also one that asks or must be mended is a completed turn.</summary>
    private async Task<TurnResult> Kept(string name, string? problem)
    {
        var turn = $"{Turn}/{name}";
        var result = await turns.Produce(turn, cycle, attempt, problem);
        var message = TurnMessage.Of(Record.Id, Pair, place.Phase, turn, Pair.Producer, result, $"producer, cycle {cycle}{(problem is null ? "" : ", mended")}", []);
        var point = lane.Point;
        lane.Point = await flow.Step($"{turn}/keep", cancellation => lane.Space.Keep(point, turn, message, cancellation), "what it left is kept");
        return result;
    }

    private async Task<bool> Asked(TurnResult result)
    {
        if (LoopControlParser.Parse(result.Text) is not LoopControl.Asked asked) return false;
        Event("question", ("phase", "producer"), ("cycle", cycle), ("attempt", attempt));
        await clarifications.Clear(Turn, asked, result);
        attempt++;
        return true;
    }

    private string? ProblemOf(TurnResult result)
    {
        if (result.Trespass is { } trespass) return trespass;
        if (LoopControlParser.Parse(result.Text) is LoopControl.Malformed malformed) return malformed.Problem;
        switch (Pair.Yields)
        {
            case PairYield.Phases:
                (plan, var errors) = PhasePlanText.Parse(result.Artifacts.GetValueOrDefault("phase_plan.yaml") ?? "");
                if (plan is not null) Record.Artifacts[$"{place.Folder}/phase_plan.yaml"] = PhasePlanText.Write(plan, flow.Request.TaskId);
                return plan is null ? $"The file phase_plan.yaml cannot be used:\n{string.Join('\n', errors)}" : null;
            case PairYield.Gaps:
                (audit, var problem) = AuditReading.Of(result.Text);
                if (audit is null && result.Artifacts.TryGetValue("audit_result.json", out var file)) (audit, problem) = AuditReading.Of(file);
                if (audit is not null) turns.Keep(audit);
                return audit is null ? $"The audit's result cannot be used: {problem}" : null;
            default:
                return null;
        }
    }

    private async Task<GateFacts> Facts()
    {
        var verification = place.Verification(flow.Request);
        if (!Pair.Verified || (verification is null && lane.Conflicts.Count == 0)) return GateFacts.None;
        var point = lane.Point;
        var report = await flow.Step($"{Turn}/check", async cancellation =>
        {
            var folder = await lane.Space.Inspect(point, cancellation);
            if (ConflictMarkers.In(folder, flow.Request.Below, lane.Conflicts) is { } left) return left;
            if (verification is null) return ConflictMarkers.None;
            var output = Path.Combine(flow.Parts.Folder, "checks", Turn.Replace('/', '-'));
            var verified = await flow.Parts.Verifier.Verify(verification, folder, output, cancellation);
            // What a verification leaves there is no reader's doing.
            _ = await lane.Space.Changes(cancellation);
            return verified;
        }, "the verification runs");
        Record.Verifications.Add($"{Turn}: {report.Detail}");
        Event("verification", ("cycle", cycle), ("passed", report.Passed));
        return new GateFacts(report.Passed, report.Detail, []);
    }

    /// <summary>The verifier's turn, mended once where its answer cannot be used.</summary>
    private async Task<(ReviewReport? Report, TurnResult Turn)?> Reviewed(GateFacts facts)
    {
        var result = await turns.Verify($"{Turn}/verify", cycle, attempt, facts, null);
        var reading = Reading(result);
        if (reading.Problem is { } problem)
        {
            Record.Log($"entry=loop_control_retry | pair={Pair.Name} | cycle={cycle}", problem);
            result = await turns.Verify($"{Turn}/verify/repair", cycle, attempt, facts, problem);
            reading = Reading(result);
        }

        if (reading.Problem is { } still)
        {
            Event("pair_failed");
            await Help("failed", $"The verifier's answer cannot be used: {still}");
            return null;
        }

        if (reading.Question is not { } question) return (reading.Report, result);
        Event("question", ("phase", "verifier"), ("cycle", cycle), ("attempt", attempt));
        await clarifications.Clear(Turn + "/verify", question, result);
        attempt++;
        return null;
    }

    /// <summary>Who changed what it was to judge has judged something else.</summary>
    private ReviewReading Reading(TurnResult result)
    {
        if (result.Trespass is not { } trespass) return ReviewReading.Of(result.Text, Pair.Criteria);
        Event("read_only_violation", ("phase", "verifier"), ("cycle", cycle), ("attempt", attempt), ("paths", string.Join(", ", result.Changed)));
        return new ReviewReading(null, null, trespass);
    }

    private async Task Note(string step, string role, TurnResult turn, GateVerdict verdict)
    {
        var message = TurnMessage.Of(Record.Id, Pair, place.Phase, Turn + "/verify", role, turn, $"verifier, cycle {cycle}: {Word(verdict)}", verdict.Reasons);
        var point = lane.Point;
        lane.Point = await flow.Step(step, cancellation => lane.Space.Note(point, Turn + "/verify", message, cancellation), Told(verdict));
    }

    private async Task Another(GateVerdict verdict)
    {
        Record.AddFeedback(place.Folder, $"Cycle {cycle}: not complete", verdict.Reasons);
        if (cycle == limit)
        {
            Event("pair_failed");
            await Help("limit", $"{Pair.Name} is not complete after {limit} cycles:\n{string.Join('\n', verdict.Reasons)}");
            limit += flow.Request.MaxIterations;
        }

        cycle++;
        attempt = 1;
    }

    private async Task Help(string kind, string text)
    {
        var word = await flow.Pause(lane, Turn, kind, $"{key}: {text}");
        clarifications.Record(Turn, text, word, "human");
        attempt++;
    }

    private static string Told(GateVerdict verdict) => verdict.Reasons is [var first, ..] ? $"{Word(verdict)}: {first.ReplaceLineEndings(" ")}{(verdict.Reasons.Count > 1 ? $" (and {verdict.Reasons.Count - 1} more)" : "")}" : Word(verdict);

    private static string Word(GateVerdict verdict) => verdict.Result switch { GateResult.Complete => "complete", GateResult.Blocked => "blocked", GateResult.PhaseWrong => "the phase must be planned again", _ => "incomplete" };

    private void Event(string type, params (string, System.Text.Json.Nodes.JsonNode?)[] fields) =>
        Record.Event(type, [("pair", Pair.Name), ("phase_id", place.Phase?.Id), .. fields]);
}
