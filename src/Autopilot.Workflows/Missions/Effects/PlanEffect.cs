using Autopilot.Agents.Models;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Models;
using Autopilot.Core.Planning;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Asks the planner, scope by scope, with everything that was learned. What cannot be read becomes no unit.</summary>
internal sealed class PlanEffect(MissionContext mission)
{
    public async Task<MissionFact> Carry(MakePlan action, MissionState state, CancellationToken cancellation)
    {
        var workspace = await mission.Parts.Workspaces.Acquire($"{mission.RunId}/{action.Key}", new CommitId(state.Green!), cancellation);
        var drawing = new Drawing(action, state, workspace.Folder);
        try
        {
            return await Plan(drawing, cancellation);
        }
        catch (UnreadableAnswerException unreadable)
        {
            return new PlanFailed(action.Epoch, unreadable.Problem) { CostUsd = drawing.Cost + (unreadable.CostUsd ?? 0) };
        }
        catch (OperationCanceledException stopped)
        {
            throw SessionStoppedException.After(drawing.Cost, stopped);
        }
        catch (ModelFailedException failed)
        {
            throw Failures.Of(failed, drawing.Cost + (failed.CostUsd ?? 0));
        }
        finally
        {
            await mission.Parts.Workspaces.Discard(workspace, CancellationToken.None);
        }
    }

    private async Task<PlanMade> Plan(Drawing drawing, CancellationToken cancellation)
    {
        var (action, state) = (drawing.Action, drawing.State);
        var objective = mission.Objective(state);
        var tree = await Divide(drawing, ScopeKey.Below(action.Key, 1, objective), objective, 1, "", cancellation);
        var units = Dependencies.Complete([.. tree.Leaves()]);
        var ambition = Ambition.Score(units);
        if (units.Count > 0 && ambition < mission.Request.MinAmbition && action.Epoch == 1)
        {
            var bolder = $"\nYour last plan has an ambition of {ambition} of 10; at least {mission.Request.MinAmbition} is wanted. Plan all of the objective, in more and finer units. If that truly is all there is to do, give the same plan again.";
            tree = await Divide(drawing.Again(), ScopeKey.Below(action.Key, 1, objective + bolder), objective, 1, bolder, cancellation);
            if (tree.Leaves().Any()) units = Dependencies.Complete([.. tree.Leaves()]);
        }

        // Who tidies up is a matter of the mission, unless the plan knows better.
        if (mission.Request.Cleanup) units = [.. units.Select(u => u with { Specialist = u.Specialist ?? Cleanups.Specialist })];
        return new PlanMade(action.Epoch, units, Ambition.Score(units)) { CostUsd = drawing.Cost, Additions = state.Added.Count };
    }

    private async Task<PlanTree> Divide(Drawing drawing, string key, string scope, int depth, string feedback, CancellationToken cancellation)
    {
        var form = AnswerForms.Of(MissionJson.Default.PlanAnswer, answer => PlanCheck.Problems(answer, mission.Request.PlanWidth) is { Count: > 0 } p ? string.Join(' ', p) : null);
        var answer = await mission.Parts.Desk.Ask(mission.Question(key, "planner", PlanPrompt.Of(mission, drawing.State, await mission.Past(cancellation), scope, depth, feedback), drawing.Folder), form, cancellation);
        drawing.Cost += answer.CostUsd;
        var units = PlanTree.Number(answer.Value, "u", drawing.NextUnit);
        drawing.NextUnit += units.Count;
        var children = new List<PlanTree>();
        if (depth < mission.Request.PlanDepth)
            foreach (var child in answer.Value.Scopes) children.Add(await Divide(drawing, ScopeKey.Below(key, children.Count + 1, child), child, depth + 1, "", cancellation));
        else if (answer.Value.Scopes.Count > 0)
            throw new UnreadableAnswerException(string.Join('\n', answer.Value.Scopes), "The planner divides further although no level is left.");
        return new PlanTree(scope, children, units);
    }

    private sealed class Drawing(MakePlan action, MissionState state, string folder)
    {
        public MakePlan Action => action;

        public MissionState State => state;

        public string Folder => folder;

        public int NextUnit { get; set; } = state.Order.Count + 1;

        public decimal Cost { get; set; }

        public Drawing Again()
        {
            NextUnit = state.Order.Count + 1;
            return this;
        }
    }
}
