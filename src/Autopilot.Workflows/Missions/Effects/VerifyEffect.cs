using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Verifies a commit on a clean checkout of exactly it, in a workspace that no agent ever has.</summary>
internal sealed class VerifyEffect(MissionContext mission)
{
    public async Task<VerificationReport> Verify(string key, CommitId commit, VerificationPlan plan, CancellationToken cancellation)
    {
        var pool = mission.Parts.Workspaces;
        var workspace = await pool.Acquire($"{mission.RunId}/{key}", commit, cancellation);
        try
        {
            if (workspace.Adopted) await pool.Reset(workspace, commit, cancellation);
            return await mission.Parts.Verifier.Verify(plan, workspace.Folder, Path.Combine(mission.Parts.Folder, "verification", key.Replace('/', '-')), cancellation);
        }
        finally
        {
            await pool.Discard(workspace, CancellationToken.None);
        }
    }

    public async Task<MissionFact> Carry(VerifyBase action, CancellationToken cancellation)
    {
        var report = await Verify(action.Key, new CommitId(action.Commit), mission.Request.Verification, cancellation);
        return new BaseVerified(action.Commit, VerdictOf(report), report.Detail, report.FailingTests) { Counts = report.Counts };
    }

    public async Task<MissionFact> Carry(VerifyBatch action, MissionState state, CancellationToken cancellation)
    {
        var report = await Verify(action.Key, new CommitId(action.Commit), mission.Request.Verification, cancellation);
        var fact = new BatchVerified(action.Batch, action.Attempt, VerdictOf(report), report.Detail, report.FailingTests) { Counts = report.Counts };
        // Of several commands, one may tell its counts at one time and not at another.
        return mission.Request.Verification.Nodes.Count == 1 ? TestLoss.Judged(state, fact) : fact;
    }

    private static Verdict VerdictOf(VerificationReport report) => report.Passed ? Verdict.Passed : Verdict.Failed;
}
