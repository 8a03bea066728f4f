using Autopilot.Core.Agents;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Git.Workspaces;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>One attempt of a worker: a workspace, a session, a commit. Whether there is work is decided by the commit.</summary>
internal sealed class WorkEffect(MissionContext mission)
{
    public async Task<MissionFact> Carry(DoWork action, MissionState state, CancellationToken cancellation)
    {
        var parts = mission.Parts;
        var unit = state.Units[action.Unit];
        var workspace = await parts.Workspaces.Acquire($"{mission.RunId}/{action.Key}", new CommitId(action.Base), cancellation);
        var past = await mission.Past(cancellation);
        var design = await Design(action, unit, WorkPrompt.Of(mission, "missions/architect", unit, state, past, action.Rival, ""), workspace, cancellation);
        var order = new SessionOrder
        {
            RunId = mission.RunId,
            Key = action.Key,
            Role = "worker",
            Prompt = WorkPrompt.Of(mission, "missions/work", unit, state, past, action.Rival, design.Text),
            Workspace = workspace.Folder,
            InNewWorkspace = !workspace.Adopted,
            Limits = new AgentLimits { WallClock = mission.Request.WorkerTime, Silence = mission.Request.WorkerSilence },
        };
        var outcome = await Run(order, action, unit, workspace, design.Cost, cancellation);
        var commit = await parts.Checkpoints.Save(workspace, BranchOf(action), Message(action, unit), cancellation);
        var differences = parts.Checkpoints.Differences(workspace.Base, commit, cancellation);
        await Task.WhenAll(differences, parts.Workspaces.Leave(workspace, commit, cancellation));
        var files = await differences;
        var cost = (outcome.CostUsd ?? 0) + design.Cost;
        Failures.ThrowIfNobodysFault(outcome, cost);
        return Fact(action, outcome, commit == workspace.Base ? null : commit, [.. files.Select(f => f.Path)]) with { Rival = action.Rival, Lines = files.Sum(f => f.Lines), CostUsd = cost, ArchitectUsd = design.Cost };
    }

    private async Task<AgentOutcome> Run(SessionOrder order, DoWork action, UnitState unit, Workspace workspace, decimal spentUsd, CancellationToken cancellation)
    {
        try
        {
            return await mission.Parts.Sessions.Run(order, cancellation);
        }
        catch (OperationCanceledException stopped)
        {
            // Partial work is put on its branch; the workspace stays the attempt's own, so that a resume goes on in it.
            var kept = await mission.Parts.Checkpoints.Save(workspace, BranchOf(action) + UnitBranch.Partial, Message(action, unit), CancellationToken.None);
            throw new SessionStoppedException(spentUsd + SessionStoppedException.CostOf(stopped), stopped.CancellationToken) { Kept = kept == workspace.Base ? null : kept.Hash };
        }
    }

    private async Task<(string Text, decimal Cost)> Design(DoWork action, UnitState unit, string prompt, Workspace workspace, CancellationToken cancellation)
    {
        if (unit.Unit.Uncertainty < mission.Request.ArchitectFrom) return ("", 0);
        var order = new SessionOrder
        {
            RunId = mission.RunId,
            Key = "architect" + action.Key["work".Length..],
            Role = "architect",
            Prompt = prompt,
            Workspace = workspace.Folder,
            Access = AgentAccess.ReadOnly,
            Limits = new AgentLimits { WallClock = mission.Request.WorkerTime, Silence = mission.Request.WorkerSilence },
        };
        var outcome = await mission.Parts.Sessions.Run(order, cancellation);
        Failures.ThrowIfNobodysFault(outcome, outcome.CostUsd ?? 0);
        return ($"\n# A design by the architect\n{outcome.FinalText}\n", outcome.CostUsd ?? 0);
    }

    private static WorkEnded Fact(DoWork action, AgentOutcome outcome, CommitId? commit, IReadOnlyList<string> files)
    {
        var handoff = Handoff.Read(outcome.FinalText);
        var failure = Failures.Of(outcome);
        var (kind, detail) = (commit, failure, handoff.Status) switch
        {
            (null, WorkFailure.None, "blocked") => (WorkFailure.Blocked, handoff.InShort),
            (null, WorkFailure.None, _) => (WorkFailure.NothingDone, $"it ended without any change, and said: {handoff.InShort}"),
            _ => (failure, outcome.Detail),
        };
        return new WorkEnded(action.Unit, action.Attempt, commit?.Hash, kind, detail, files) { Handoff = handoff.InShort, Learned = handoff.Learned };
    }

    private string BranchOf(DoWork action) => "refs/heads/" + UnitBranch.Of(mission.RunId, action.Unit, action.Attempt, action.Rival);

    private string Message(DoWork action, UnitState unit) =>
        $"{unit.Unit.Title}\n\nAutopilot-Run: {mission.RunId}\nAutopilot-Unit: {action.Unit}\nAutopilot-Attempt: {DoWork.Name(action.Attempt, action.Rival)}\n";
}
