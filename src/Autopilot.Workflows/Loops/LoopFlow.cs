using Autopilot.Core.Loops.Audit;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Runs;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>The chain: a run, and follow-ups for what its audit found missing.</summary>
internal sealed class LoopFlow
{
    private readonly List<LedgerEntry> ledger;
    private readonly List<LoopRoundResult> rounds = [];
    private readonly LoopProjection projection;
    private int views;

    public LoopFlow(IRun run, LoopRequest request, LoopParts parts)
    {
        Run = run;
        Request = request;
        Parts = parts;
        ledger = [.. request.Ledger];
        projection = new LoopProjection(parts.Folder, request, parts.Redact);
    }

    public IRun Run { get; }

    public LoopRequest Request { get; }

    public LoopParts Parts { get; }

    /// <summary>The chosen pairs, as they were when the run began.</summary>
    public IReadOnlyList<PairDefinition> Pairs { get; private set; } = [];

    /// <summary>The line of work that ends on the run's branch.</summary>
    public LoopLane Main { get; private set; } = null!;

    /// <summary>The lines of work that go on beside each other now.</summary>
    public IReadOnlyList<LoopLane> Lanes { get; set; } = [];

    private LoopRecord Record => Main.Record;

    private ILoopSpace Space => Main.Space;

    public async Task<LoopResult> Execute()
    {
        using var space = Parts.Space;
        var now = await Run.Now("started");
        Pairs = await Run.Step("pairs", null, _ => Task.FromResult(Parts.Templates.Pairs().Choose(Request.Pairs).ToList()));
        var begun = await Run.Step("base", null, Parts.Space.Begin);
        Main = new LoopLane(Parts.Space) { Base = begun, Point = begun };
        AuditReport? audit = null;
        for (var depth = 0; depth == 0 || audit is { Passed: false }; depth++)
        {
            if (depth > 0) await MayFollow(depth, audit!);
            Main.Record = Begin(depth, audit, now);
            audit = await new LoopRound(this, depth == 0 ? "" : $"f{depth}/").Run();
            rounds.Add(new LoopRoundResult(Record.Id, Depth(depth), audit switch { null => "unaudited", { Passed: true } => "met", _ => "needs_followup" }, audit?.Gaps.Count ?? 0, audit?.Summary));
            now = Record.Now;
            Finish(audit);
        }

        await Step("end/publish", Space.Publish);
        await Step("end/leave", Space.Leave);
        return new LoopResult(audit is not null, Request.Verification is not null, Space.Place, Main.Point, rounds);
    }

    /// <summary>An effect, before which everything that is known so far is made readable.</summary>
    /// <param name="words">What it is, for a person who watches.</param>
    public Task<T> Step<T>(string key, Func<CancellationToken, Task<T>> body, string words = "")
    {
        // Bodies run beside each other, so what they show of others must not change any more.
        var (view, number) = (Lanes.Count == 0 ? Record : Record.With(Lanes.Select(l => l.Record)), ++views);
        return Run.Step(key, null, cancellation =>
        {
            projection.Write(view, Pairs, number);
            Parts.Progress(key, words);
            return body(cancellation);
        });
    }

    /// <summary>Stops until a person says how to go on; the run waits without a process.</summary>
    /// <param name="kind">question, blocked, failed, limit or followup: what the program exits with follows from it.</param>
    /// <returns>What the person said.</returns>
    public async Task<string> Pause(LoopLane lane, string key, string kind, string text)
    {
        Record.Status = kind switch { "failed" or "limit" => "failed", "followup" => "needs_followup", _ => "blocked" };
        await Step($"{key}/{kind}/shown", cancellation => Space.Publish(Main.Point, cancellation));
        var answer = await Run.Ask($"{key}/{kind}", new Question("loop_" + kind, text, null, []));
        Record.Status = "running";
        lane.Record.Now = answer.At;
        lane.Record.Event("run_resumed", ("task_id", Request.TaskId), ("after", kind));
        return answer.Value.Trim();
    }

    private Task Step(string key, Func<string, CancellationToken, Task> body) => Step(key, cancellation => body(Main.Point, cancellation));

    private Task Step(string key, Func<CancellationToken, Task> body) => Step(key, async cancellation =>
    {
        await body(cancellation);
        return true;
    });

    /// <summary>The place in the whole chain, of which the beginning may be imported.</summary>
    private int Depth(int depth) => Request.After.Count + depth;

    private LoopRecord Begin(int depth, AuditReport? audit, DateTimeOffset now)
    {
        var id = depth == 0 ? Run.Id : $"{Run.Id}-f{depth}";
        var parent = depth switch { 0 => Request.After is [.., var last] ? last : null, 1 => Run.Id, _ => $"{Run.Id}-f{depth - 1}" };
        var record = new LoopRecord(id, parent, depth, audit?.RevisedRequest ?? Request.Request, Request.Original ?? Request.Request, ledger) { Now = now };
        record.Event("run_started", ("pairs", string.Join(',', Request.Pairs)), ("max_iterations", Request.MaxIterations), ("use_git", Request.Git),
            ("task_id", Request.TaskId), ("parent_run_id", parent), ("followup_depth", Depth(depth)));
        return record;
    }

    private void Finish(AuditReport? audit)
    {
        Record.Status = audit is { Passed: false } ? "needs_followup" : "success";
        if (audit is { Passed: false }) Record.Event("audit_gaps_found", ("pair", "audit"), ("gaps", audit.Gaps.Count), ("summary", audit.Summary));
        else if (audit is not null) Record.Event("audit_clean", ("pair", "audit"), ("summary", audit.Summary));
        Record.Event("run_finished", ("status", Record.Status), ("exit_code", audit is { Passed: false } ? 3 : 0), ("followup_depth", Depth(Record.Depth)));
    }

    private async Task MayFollow(int depth, AuditReport audit)
    {
        if (Request.AutoFollowup && Depth(depth) <= Request.MaxFollowups)
        {
            Record.Event("auto_followup_scheduled", ("followup_run_id", $"{Run.Id}-f{depth}"), ("followup_depth", Depth(depth)), ("auto_followup_max_depth", Request.MaxFollowups));
            await Step($"f{depth}/schedule", _ => Task.CompletedTask);
            return;
        }

        var why = Request.AutoFollowup ? "auto_followup_max_depth_reached" : "auto_followup_off";
        Record.Event("auto_followup_skipped", ("reason", why), ("followup_depth", Depth(depth)), ("auto_followup_max_depth", Request.MaxFollowups));
        await Pause(Main, $"f{depth}", "followup", $"The audit found {audit.Gaps.Count} gap(s): {audit.Summary}\nResume to close them: {audit.RevisedRequest}");
    }
}
