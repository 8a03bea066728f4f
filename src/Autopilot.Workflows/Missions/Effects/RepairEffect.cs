using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Repairs a red tree: several candidates, each in a workspace of its own; the smallest that passes is verified again, and exactly that tree lands, where it is large when a person has approved it.</summary>
internal sealed class RepairEffect(MissionContext mission, VerifyEffect verify)
{
    private static readonly string[] Approaches = ["Mend it in the most direct way.", "Look for the cause one level deeper than the message.", "Mend it with the smallest possible change."];

    public async Task<MissionFact> Carry(RepairBase action, MissionState state, CancellationToken cancellation)
    {
        var red = new CommitId(action.Commit);
        var failure = string.Join("\n\n", state.Lessons);
        var candidates = Degradation.AllowsSpeculation(state.Level) ? mission.Request.RepairCandidates : 1;
        var tried = await Task.WhenAll(Enumerable.Range(0, candidates).Select(i => Told(Candidate(action, red, failure, i, cancellation))));
        var cost = tried.Sum(t => t.Cost);
        if (tried.Any(t => t.Stopped)) throw new SessionStoppedException(cost, cancellation);
        foreach (var (commit, _, _, _) in tried.Where(t => t.Commit is not null).OrderBy(t => t.Size))
        {
            var again = await verify.Verify($"{action.Key}/winner", commit!.Value, mission.Request.Verification, cancellation);
            if (again.Passed) return await Found(action, red, commit.Value, cancellation) with { CostUsd = cost, Counts = again.Counts };
        }

        return new Repaired(action.Number, null, "no candidate passed verification") { CostUsd = cost };
    }

    public async Task<MissionFact> Carry(LandRepair action, CancellationToken cancellation) =>
        await mission.Advance(action.Commit, action.Expected, "repair the red base", cancellation) is { } elsewhere
            ? new LandingLost(0, elsewhere.Hash)
            : new Repaired(action.Number, action.Commit, "");

    private async Task<RepairFound> Found(RepairBase action, CommitId red, CommitId commit, CancellationToken cancellation)
    {
        var files = await mission.Parts.Checkpoints.Differences(red, commit, cancellation);
        return new RepairFound(action.Number, commit.Hash, files.Sum(f => f.Lines), files.Count);
    }

    /// <summary>What was spent on all of them is told when they are stopped.</summary>
    private static async Task<(CommitId? Commit, long Size, decimal Cost, bool Stopped)> Told(Task<(CommitId? Commit, long Size, decimal Cost)> candidate)
    {
        try
        {
            var (commit, size, cost) = await candidate;
            return (commit, size, cost, false);
        }
        catch (OperationCanceledException stopped)
        {
            return (null, 0, SessionStoppedException.CostOf(stopped), true);
        }
    }

    private async Task<(CommitId? Commit, long Size, decimal Cost)> Candidate(RepairBase action, CommitId red, string failure, int number, CancellationToken cancellation)
    {
        var parts = mission.Parts;
        var key = $"{action.Key}/{number + 1}";
        var workspace = await parts.Workspaces.Acquire($"{mission.RunId}/{key}", red, cancellation);
        var prompt = parts.Prompts.Fill("missions/repair", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["verification"] = mission.Verification,
            ["failure"] = failure,
            ["instructions"] = parts.Instructions,
            ["approach"] = Approaches[number % Approaches.Length],
        });
        var order = new SessionOrder
        {
            RunId = mission.RunId,
            Key = key,
            Role = "worker",
            Prompt = prompt,
            Workspace = workspace.Folder,
            InNewWorkspace = !workspace.Adopted,
            Limits = new AgentLimits { WallClock = mission.Request.WorkerTime, Silence = mission.Request.WorkerSilence },
        };
        var outcome = await parts.Sessions.Run(order, cancellation);
        var message = $"Repair the red base\n\nAutopilot-Run: {mission.RunId}\nAutopilot-Repair: {action.Number}.{number + 1}\n";
        var commit = await parts.Checkpoints.Save(workspace, $"refs/heads/units/{mission.RunId}/{key.Replace('/', '-')}", message, cancellation);
        await parts.Workspaces.Leave(workspace, commit, cancellation);
        if (commit == red)
        {
            Failures.ThrowIfNobodysFault(outcome, outcome.CostUsd ?? 0);
            return (null, 0, outcome.CostUsd ?? 0);
        }

        var diff = await parts.Checkpoints.Diff(red, commit, int.MaxValue, cancellation);
        var honest = Core.Review.HonestWork.Offences(diff, [.. mission.Request.Verification.Nodes.Select(n => n.Command)]).Count == 0;
        var report = honest ? await verify.Verify($"{key}/verify", commit, mission.Request.Verification, cancellation) : null;
        return (report?.Passed == true ? commit : null, diff.Length, outcome.CostUsd ?? 0);
    }
}
