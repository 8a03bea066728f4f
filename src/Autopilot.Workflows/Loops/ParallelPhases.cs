using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Loops.Review;
using Autopilot.Core.Merging;
using Autopilot.Core.Runs;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>
/// Phases that do not depend on each other, each in a workspace of its own. Those of one wave begin at the same state and land in the order
/// of the plan, so that every replay sees the same; what does not fit to what landed before goes on from both sides together.
/// </summary>
/// <param name="work">Takes a phase through its pairs; null when they are complete, else the verdict that sends the phase itself back.</param>
internal sealed class ParallelPhases(LoopFlow flow, IDivisibleSpace space, string prefix, string firstFolder, Func<LoopLane, PlannedPhase, string, Task<GateVerdict?>> work)
{
    private readonly Dictionary<string, ReturnedPhase> returned = new(StringComparer.Ordinal);
    private MergeQueue queue = MergeQueue.Empty;
    private int waves;
    private int landings;

    private LoopLane Main => flow.Main;

    public bool HasReturned(PlannedPhase phase) => returned.ContainsKey(phase.Id);

    /// <returns>The phases that landed, and those whose definition is wrong.</returns>
    public async Task<(IReadOnlyList<PlannedPhase> Landed, IReadOnlyList<(PlannedPhase Phase, GateVerdict Verdict)> Wrong)> Run(IReadOnlyList<PlannedPhase> phases)
    {
        var wave = $"{prefix}wave{++waves}/";
        var lanes = new List<LoopLane>();
        foreach (var phase in phases) lanes.Add(await Lane(phase, wave));
        var verdicts = await Together(phases, lanes, wave);
        await flow.Step($"{wave}leave", async cancellation =>
        {
            foreach (var lane in lanes) await lane.Space.Leave(lane.Point, cancellation);
            return true;
        });
        var tips = phases.Zip(lanes).ToDictionary(p => p.First.Id, p => p.Second.Point, StringComparer.Ordinal);
        var wrong = phases.Zip(verdicts).Where(v => v.Second is not null).Select(v => (v.First, v.Second!)).ToList();
        foreach (var (phase, _) in wrong) Keep(phase.Id, tips[phase.Id]);
        return (await Land([.. phases.Where(p => wrong.TrueForAll(w => w.First.Id != p.Id))], tips, wave), wrong);
    }

    private async Task<LoopLane> Lane(PlannedPhase phase, string wave)
    {
        var before = returned.GetValueOrDefault(phase.Id);
        var merged = before is null ? new MergedPoint(Main.Point, [], "")
            : await flow.Step($"{wave}{phase.Key}/join", cancellation => space.Merge(Main.Point, before.Point, $"{phase.Id}: go on from what landed meanwhile\n\nAutopilot-Run: {Main.Record.Id}\nAutopilot-Phase: {phase.Id}\n", cancellation));
        var record = Main.Record.Fork();
        if (merged.Conflicts.Count > 0)
            record.AddFeedback(FolderOf(phase), "The work is in conflict with what landed meanwhile",
                [$"These files have both sides between conflict markers: {string.Join(", ", merged.Conflicts)}. Keep what both sides mean, and leave no marker.", merged.Detail]);
        var name = EffectIdentity.Of(flow.Run.Id, wave + phase.Id)[..8];
        return new LoopLane(space.Split($"{phase.Key[..Math.Min(40, phase.Key.Length)]}-{name}")) { Base = Main.Base, Point = merged.Point, Record = record, Conflicts = merged.Conflicts };
    }

    private async Task<IReadOnlyList<GateVerdict?>> Together(IReadOnlyList<PlannedPhase> phases, List<LoopLane> lanes, string wave)
    {
        flow.Lanes = lanes;
        var works = phases.Zip(lanes).Select(p => work(p.Second, p.First, wave)).ToList();
        try
        {
            return await Task.WhenAll(works);
        }
        catch (StepFailedException) when (works.Count(w => w.IsFaulted) > 1)
        {
            // All of them ended the run, so all of them are tried again on resume.
            throw new AggregateException(works.Where(w => w.IsFaulted).Select(w => w.Exception!.InnerException!));
        }
        finally
        {
            flow.Lanes = [];
            foreach (var lane in lanes)
            {
                Main.Record.Join(lane.Record);
                lane.Space.Dispose();
            }
        }
    }

    private async Task<IReadOnlyList<PlannedPhase>> Land(IReadOnlyList<PlannedPhase> phases, Dictionary<string, string> tips, string wave)
    {
        var landed = new List<string>();
        queue = queue.Reorder(phases.Select(p => p.Id));
        while (!queue.IsEmpty)
        {
            var batch = queue.Next(new GroupTest(queue.Rate.Value));
            var key = $"{wave}land{++landings}";
            var onto = Main.Point;
            var landing = await flow.Step($"{key}/merge", cancellation => Merge(onto, batch, tips, cancellation));
            if (landing is { Misfit: { } misfit })
            {
                queue = queue.Without(misfit);
                await Return(phases.First(p => p.Id == misfit), tips, key, $"It is in conflict with what landed meanwhile: {landing.Detail}");
                continue;
            }

            var report = await Verify(key, landing.Point!, [.. phases.Where(p => batch.Contains(p.Id))]);
            var conclusion = queue.Conclude(batch, report?.Passed ?? true);
            queue = conclusion.Queue;
            foreach (var id in conclusion.Reject) await Return(phases.First(p => p.Id == id), tips, key, $"Together with what landed meanwhile the verification fails: {report!.Detail}");
            if (conclusion.Land.IsEmpty) continue;
            Main.Point = landing.Point!;
            // The next to work there begins at what landed.
            await flow.Step($"{key}/land", async cancellation =>
            {
                await space.Leave(landing.Point!, cancellation);
                return true;
            });
            landed.AddRange(conclusion.Land);
            Main.Record.Event("phases_landed", ("phase_ids", string.Join(',', conclusion.Land)));
        }

        foreach (var id in landed) returned.Remove(id);
        return [.. phases.Where(p => landed.Contains(p.Id, StringComparer.Ordinal))];
    }

    private async Task<Landing> Merge(string onto, IReadOnlyList<string> batch, Dictionary<string, string> tips, CancellationToken cancellation)
    {
        foreach (var id in batch)
        {
            var merged = await space.Merge(onto, tips[id], $"{id}: land\n\nAutopilot-Run: {Main.Record.Id}\nAutopilot-Phase: {id}\n", cancellation);
            if (merged.Conflicts.Count > 0) return new Landing(null, id, $"{string.Join(", ", merged.Conflicts)}\n{merged.Detail}");
            onto = merged.Point;
        }

        return new Landing(onto, null, "");
    }

    /// <returns>Null when there is nothing to verify with.</returns>
    private async Task<VerificationReport?> Verify(string key, string point, IReadOnlyList<PlannedPhase> phases)
    {
        var own = phases.Where(p => p.Verification is not null).Select(p => new VerificationNode($"phase-{p.Key}", p.Verification!));
        var plan = new VerificationPlan([.. flow.Request.Verification?.Nodes ?? [], .. own]);
        if (plan.Nodes.Count == 0) return null;
        var report = await flow.Step($"{key}/check", async cancellation =>
            await flow.Parts.Verifier.Verify(plan, await space.Inspect(point, cancellation), Path.Combine(flow.Parts.Folder, "checks", key.Replace('/', '-')), cancellation));
        space.Forget();
        Main.Record.Verifications.Add($"{key}: {report.Detail}");
        Main.Record.Event("verification", ("phase_ids", string.Join(',', phases.Select(p => p.Id))), ("passed", report.Passed));
        return report;
    }

    private async Task Return(PlannedPhase phase, Dictionary<string, string> tips, string key, string why)
    {
        Keep(phase.Id, tips[phase.Id]);
        Main.Record.Event("phase_returned", ("phase_id", phase.Id));
        Main.Record.AddFeedback(FolderOf(phase), "The phase did not fit", [why]);
        if (returned[phase.Id].Times % flow.Request.MaxIterations == 0)
            await flow.Pause(Main, $"{key}/{phase.Key}", "limit", $"The phase '{phase.Id}' did not fit to the others {returned[phase.Id].Times} times. {why}");
    }

    private void Keep(string id, string point) => returned[id] = new ReturnedPhase((returned.GetValueOrDefault(id)?.Times ?? 0) + 1, point);

    private string FolderOf(PlannedPhase phase) => $"{firstFolder}/phases/{phase.Key}";
}
