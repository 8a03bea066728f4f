using Autopilot.Agents.Models;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Asks a role whether the objective is met. It sees what landed, which has passed verification.</summary>
internal sealed class ObjectiveEffect(MissionContext mission)
{
    private static readonly AnswerForm<ObjectiveAnswer> Form = AnswerForms.Of(MissionJson.Default.ObjectiveAnswer, ObjectiveAnswer.Problem);

    public async Task<MissionFact> Carry(CheckObjective action, MissionState state, CancellationToken cancellation)
    {
        var workspace = await mission.Parts.Workspaces.Acquire($"{mission.RunId}/{action.Key}", new CommitId(state.Green!), cancellation);
        try
        {
            var prompt = mission.Parts.Prompts.Fill("missions/objective", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["objective"] = mission.Objective(state),
                ["state"] = MissionContext.StateText(state),
                ["verification"] = mission.Verification,
                ["verified"] = "passed on exactly this tree",
            });
            var answer = await mission.Parts.Desk.Ask(mission.Question(action.Key, "auditor", prompt, workspace.Folder), Form, cancellation);
            return new ObjectiveChecked(action.Number, answer.Value.Met == true, answer.Value.Because) { CostUsd = answer.CostUsd };
        }
        finally
        {
            await mission.Parts.Workspaces.Discard(workspace, CancellationToken.None);
        }
    }
}
