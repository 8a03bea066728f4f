using Autopilot.Agents.Models;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Core.Review;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>The gate before the merge: honest work, then the unit's own criteria, then a reviewer's opinion.</summary>
internal sealed class ReviewEffect(MissionContext mission, VerifyEffect verify)
{
    private const int MostForAReviewer = 40_000;

    private static readonly AnswerForm<ReviewScores> Form = AnswerForms.Of(MissionJson.Default.ReviewScores, ReviewScores.Problem);

    public async Task<MissionFact> Carry(ReviewWork action, MissionState state, CancellationToken cancellation)
    {
        var unit = state.Units[action.Unit];
        var commit = new CommitId((action.Rival == 0 ? unit.Commit : unit.Rivals[action.Rival - 1].Commit)!);
        var diff = await mission.Parts.Checkpoints.Diff(new CommitId(unit.Base!), commit, int.MaxValue, cancellation);
        if (!unit.Unit.MayChangeChecks && !unit.Vouched && HonestWork.Offences(diff, Commands, Task(unit.Unit)) is { Count: > 0 } offences)
            return Sent(action, Diagnosis.Dishonest, $"it pleases the checks instead of doing the work:\n{string.Join('\n', offences)}") with { Verdict = mission.Request.OnDishonestWork };
        // A plain attempt is verified as it would land, in the merge queue; of rivals only one gets there, so it must be one that passes.
        if (action.Rival > 0 && await verify.Verify(action.Key + "/verify", commit, mission.Request.Verification, cancellation) is { Passed: false } red)
            return Sent(action, FailureDiagnosis.Of(red.Detail, red.FailingTests), $"verification failed with it:\n{red.Detail}");
        if (await FailedCriteria(action, unit, commit, cancellation) is { } failed) return Sent(action, Diagnosis.Criterion, failed);
        return mission.Request.AskReviewer && Degradation.AllowsOptionalReviews(state.Level) ? await Ask(action, unit, state, commit, diff, cancellation) : new Reviewed(action.Unit, action.Attempt, ReviewVerdict.Accepted, "") { Rival = action.Rival };
    }

    private IReadOnlyList<string> Commands => [.. mission.Request.Verification.Nodes.Select(n => n.Command)];

    private static string Task(PlannedUnit unit) => $"{unit.Title}\n{unit.Description}\n{string.Join('\n', unit.Files)}";

    private async Task<string?> FailedCriteria(ReviewWork action, UnitState unit, CommitId commit, CancellationToken cancellation)
    {
        var nodes = unit.Unit.Criteria.Where(c => c.Command is not null).Select((c, i) => new VerificationNode($"criterion-{i + 1}", c.Command!)).ToList();
        if (nodes.Count == 0) return null;
        var report = await verify.Verify(action.Key, commit, new VerificationPlan(nodes), cancellation);
        return report.Passed ? null : $"an acceptance criterion does not hold:\n{report.Detail}";
    }

    private async Task<MissionFact> Ask(ReviewWork action, UnitState unit, MissionState state, CommitId commit, string diff, CancellationToken cancellation)
    {
        var workspace = await mission.Parts.Workspaces.Acquire($"{mission.RunId}/{action.Key}/read", commit, cancellation);
        try
        {
            var prompt = mission.Parts.Prompts.Fill("missions/review", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["title"] = unit.Unit.Title,
                ["description"] = unit.Unit.Description,
                ["criteria"] = MissionContext.Criteria(unit.Unit),
                ["objective"] = mission.Objective(state),
                ["diff"] = diff.Length <= MostForAReviewer ? diff : diff[..MostForAReviewer] + "\n[cut]",
            });
            var answer = await mission.Parts.Desk.Ask(mission.Question(action.Key, "reviewer", prompt, workspace.Folder), Form, cancellation);
            var enough = answer.Value.Mean >= mission.Request.MinReviewScore;
            return new Reviewed(action.Unit, action.Attempt, enough ? ReviewVerdict.Accepted : ReviewVerdict.Retry, $"{answer.Value.Mean:F1} of 10. {answer.Value.Remarks}") { CostUsd = answer.CostUsd, Score = answer.Value.Mean, Rival = action.Rival };
        }
        finally
        {
            await mission.Parts.Workspaces.Discard(workspace, CancellationToken.None);
        }
    }

    private static Reviewed Sent(ReviewWork action, Diagnosis cause, string remarks) => new(action.Unit, action.Attempt, ReviewVerdict.Retry, remarks) { Cause = cause, Rival = action.Rival };
}
