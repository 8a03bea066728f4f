using Autopilot.Core;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Pushing;
using Autopilot.Git.Landing;
using Autopilot.Workflows.Missions.Effects;

namespace Autopilot.Workflows.Missions.Pushing;

/// <summary>Pushes what a mission landed when a person says so. Like a mission it pushes nothing that was not verified.</summary>
/// <param name="verified">The commit that the mission verified last; null when unknown.</param>
public sealed class HandPush(string runId, MissionRequest request, MissionParts parts, string? verified)
{
    private readonly VerifyEffect verify = new(new MissionContext(runId, request, parts));

    /// <returns>What came of it.</returns>
    /// <exception cref="UserErrorException">There is no green branch.</exception>
    public async Task<PushReport> Push(CancellationToken cancellation)
    {
        var remote = parts.Remote!;
        var green = await parts.Green.Published(cancellation) ?? throw new UserErrorException($"There is no branch {request.Green}: nothing has landed yet.");
        if (green.Hash != verified && await Fails(green, 0, cancellation) is { } red) return new(remote.Name, null, $"{green.Short} was not verified by the mission, and it fails: {red}");
        for (var moves = 1; moves <= PushDecision.MostMoves; moves++)
        {
            var answer = await remote.Push(green, cancellation);
            if (answer.End == PushEnd.Pushed) return new(remote.Name, green.Hash, null);
            if (answer is not { End: PushEnd.Moved, Upstream: { } upstream }) return new(remote.Name, null, answer.Detail);
            var merged = await parts.Integration.Merge(green, upstream, PushEffect.Message(runId, remote.Name), cancellation);
            if (merged.Commit is not { } both) return new(remote.Name, null, $"it conflicts with what is on the remote: {string.Join(", ", merged.Conflicts)}");
            if (await Fails(both, moves, cancellation) is { } why) return new(remote.Name, null, $"verification fails together with {upstream.Short}, which is on the remote: {why}");
            if (!await parts.Green.Advance(both, green, $"autopilot {runId}: take in {upstream.Short}", cancellation)) return new(remote.Name, null, "green was moved by somebody else meanwhile");
            green = both;
        }

        return new(remote.Name, null, $"the remote moved {PushDecision.MostMoves} times in a row");
    }

    private async Task<string?> Fails(CommitId commit, int number, CancellationToken cancellation)
    {
        var report = await verify.Verify($"hand-push/{number}", commit, request.Verification, cancellation);
        return report.Passed ? null : report.Detail;
    }
}
