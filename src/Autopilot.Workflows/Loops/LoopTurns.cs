using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Loops;
using Autopilot.Core.Loops.Audit;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Review;
using Autopilot.Git.Repository;
using Autopilot.Workflows.Sessions;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>The turns of a pair's two sides. Each side keeps its own conversation.</summary>
internal sealed class LoopTurns(LoopFlow flow, LoopLane lane, PairPlace place)
{
    /// <summary>So much of an answer is journaled, in characters: what says something to the loop stands at its end.</summary>
    private const int Kept = 128 * 1024;

    private const int LongestDiff = 200_000;

    private readonly LoopPrompts prompts = new(flow, lane, place);
    private TurnResult? lastProducer;
    private TurnResult? lastVerifier;

    private LoopRecord Record => lane.Record;

    /// <param name="problem">What is wrong with the answer just given; null for a new turn.</param>
    public async Task<TurnResult> Produce(string key, int cycle, int attempt, string? problem)
    {
        var last = lastProducer;
        var point = lane.Point;
        var result = await flow.Step(key, async cancellation =>
        {
            var (folder, isNew) = place.Pair.ReadOnly ? new EnteredFolder(await lane.Space.Inspect(point, cancellation), IsNew: false) : await lane.Space.Enter(point, cancellation);
            LoopMaterials.Write(folder, Record, place, place.Pair.Yields == PairYield.Gaps ? await Evidence(cancellation) : null);
            var prompt = prompts.Again(prompts.Producer(key, cycle, attempt), key, problem, last);
            var order = Order(key, place.Pair.Producer, prompt, folder, SchemaOf(place.Pair), last) with { InNewWorkspace = isNew };
            var turn = place.Pair.ReadOnly ? await Read(order, cancellation) : await Turn(order, cancellation);
            return turn with { Artifacts = LoopMaterials.Collect(folder, place), Decisions = LoopMaterials.Decisions(folder, key) };
        }, Words(place.Pair.Producer, problem));
        foreach (var (name, content) in result.Artifacts) Record.Artifacts[$"{place.Folder}/{name}"] = content;
        if (result.Decisions is { } decisions) Record.Ledger.Add(new LedgerEntry(place.Pair.Owner, place.Pair.Name, place.Phase?.Id, key, "decision", null, result.EndedAt, decisions));
        Told("producer", cycle, attempt, result);
        return lastProducer = result;
    }

    public async Task<TurnResult> Verify(string key, int cycle, int attempt, GateFacts facts, string? problem)
    {
        var last = lastVerifier;
        var point = lane.Point;
        var result = await flow.Step(key, async cancellation =>
        {
            var folder = await lane.Space.Inspect(point, cancellation);
            LoopMaterials.Write(folder, Record, place, place.Pair.Yields == PairYield.Gaps ? await Evidence(cancellation) : null);
            LoopMaterials.Refresh(folder, Record);
            var prompt = prompts.Again(prompts.Verifier(key, cycle, attempt, facts), key, problem, last);
            return await Read(Order(key, place.Pair.Verifier, prompt, folder, LoopPrompts.ReviewSchema, last), cancellation);
        }, Words(place.Pair.Verifier, problem));
        Told("verifier", cycle, attempt, result);
        return lastVerifier = result;
    }

    /// <summary>One answer in plain text, in a conversation of its own.</summary>
    public Task<TurnResult> Answer(string key, string prompt)
    {
        var point = lane.Point;
        return flow.Step(key, async cancellation => await Read(Order(key, place.Pair.Verifier, prompt, await lane.Space.Inspect(point, cancellation), null, null), cancellation));
    }

    private string Words(string role, string? problem) => $"{role} ({flow.Parts.AgentFor(role).Agent.Name}){(problem is null ? "" : " has to mend its answer")}";

    /// <summary>Keeps what an audit found where people look for it.</summary>
    public void Keep(AuditReport audit)
    {
        Record.Artifacts[$"{place.Folder}/audit_result.json"] = System.Text.Json.JsonSerializer.Serialize(audit, LoopFormats.Default.AuditReport) + "\n";
        Record.Artifacts[$"{place.Folder}/gap_report.md"] = $"# Gaps\n\n{audit.Summary}\n\n" + string.Concat(audit.Gaps.Select(g => $"## {g.Id} ({g.Severity}): {g.Summary}\n\n{string.Concat(g.Evidence.Select(e => $"- {e}\n"))}\n{g.Followup}\n\n"));
        Record.Artifacts[$"{place.Folder}/revised_request.md"] = (audit.RevisedRequest ?? "Nothing is needed.") + "\n";
    }

    private static string? SchemaOf(PairDefinition pair) => pair.Yields == PairYield.Gaps ? LoopPrompts.AuditSchema : null;

    private SessionOrder Order(string key, string role, string prompt, string folder, string? schema, TurnResult? last)
    {
        var (agent, _) = flow.Parts.AgentFor(role);
        return new SessionOrder
        {
            RunId = flow.Run.Id,
            // Another agent that takes over begins a recording of its own.
            Key = $"{key}/{agent.Name}",
            Role = role,
            Prompt = prompt,
            Workspace = folder,
            AnswerSchema = agent.Capabilities.AnswersBySchema ? schema : null,
            Continues = last?.Agent == agent.Name ? last.SessionId : null,
            UsageBefore = last?.Agent == agent.Name ? last.UsageSoFar : TokenUsage.None,
            Limits = flow.Parts.Limits,
            Adopts = Usable,
        };
    }

    /// <summary>A turn of somebody who must not change what is there; that nothing was changed is checked all the same.</summary>
    private async Task<TurnResult> Read(SessionOrder order, CancellationToken cancellation)
    {
        var turn = await Protected(order with { Access = AgentAccess.ReadOnly }, cancellation);
        turn = turn with { Changed = [.. turn.Changed.Union(await lane.Space.Changes(cancellation), StringComparer.Ordinal)] };
        if (turn.Changed.Count > 0) lane.Space.Forget();
        return turn;
    }

    private async Task<TurnResult> Protected(SessionOrder order, CancellationToken cancellation)
    {
        if (flow.Parts.ProtectsFolders) WriteProtection.Put(order.Workspace);
        try
        {
            return await Turn(order, cancellation);
        }
        finally
        {
            WriteProtection.Lift(order.Workspace);
        }
    }

    private async Task<TurnResult> Turn(SessionOrder order, CancellationToken cancellation)
    {
        var (agent, model) = flow.Parts.AgentFor(order.Role);
        var started = flow.Parts.Clock.GetUtcNow();
        var outcome = await flow.Parts.Session(order, cancellation);
        if (!Usable(outcome)) throw Failed(order.Role, agent.Name, outcome);
        var text = outcome.FinalText ?? "";
        return new TurnResult
        {
            Agent = agent.Name,
            Model = outcome.Model ?? model,
            SessionId = agent.Capabilities.Resumes ? outcome.SessionId : null,
            UsageSoFar = outcome.SessionId == order.Continues ? order.UsageBefore + outcome.Usage : outcome.Usage,
            Text = text.Length <= Kept ? text : text[^Kept..],
            StartedAt = started,
            EndedAt = flow.Parts.Clock.GetUtcNow(),
            CostUsd = outcome.CostUsd,
            Changed = order.Access == AgentAccess.ReadOnly ? [.. (outcome.FilesChanged ?? []).Where(f => !f.Split('/').Any(CacheFiles.Has))] : [],
        };
    }

    // That nothing was changed is for the verifier to judge.
    private static bool Usable(AgentOutcome outcome) => outcome.IsFinished;

    private static UserErrorException Failed(string role, string agent, AgentOutcome outcome) => new(
        $"The turn of {role} ({agent}) did not end well: {outcome.Detail}",
        outcome switch
        {
            { Limit: LimitKind.Budget } => ExitCodes.BudgetExhausted,
            { Limit: LimitKind.Quota } or { Failure: FailureKind.NoQuota } => ExitCodes.Blocked,
            _ => ExitCodes.Failed,
        });

    private void Told(string side, int cycle, int attempt, TurnResult result)
    {
        Record.Now = result.EndedAt;
        var empty = string.IsNullOrWhiteSpace(result.Text);
        Record.Event("phase_finished", ("pair", place.Pair.Name), ("phase", side), ("cycle", cycle), ("attempt", attempt), ("empty_output", empty), ("phase_id", place.Phase?.Id));
        if (empty) Record.Event("phase_output_empty", ("pair", place.Pair.Name), ("phase", side), ("cycle", cycle), ("attempt", attempt));
        Record.Log($"entry=phase_output | pair={place.Pair.Name}{(place.Phase is null ? "" : $" | phase={place.Phase.Id}")} | process={side} | cycle={cycle} | attempt={attempt} | agent={result.Agent}", result.Text);
    }

    /// <summary>What the loop itself can show: the intent, what was decided, what was verified, what was changed.</summary>
    private async Task<string> Evidence(CancellationToken cancellation)
    {
        var diff = lane.Point == lane.Base ? "" : await lane.Space.Differences(lane.Base, lane.Point, LongestDiff, cancellation);
        return $"# Evidence\n\n## What was asked for first\n\n{Record.Original}\n\n## Request of this run\n\n{Record.Request}\n\n{LedgerText.Markdown(Record.Ledger)}\n## Verifications\n\n{string.Join('\n', Record.Verifications.DefaultIfEmpty("None was run."))}\n\n## Changes since the run began\n\n{diff}\n";
    }
}
