using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Git.Landing;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Pushes green, and merges what the remote got meanwhile, to be verified with it.</summary>
internal sealed class PushEffect(MissionContext mission)
{
    public async Task<MissionFact> Carry(PushGreen action, CancellationToken cancellation)
    {
        var remote = mission.Parts.Remote ?? throw new FaultException("Nothing says where to push: mission.push_remote and mission.push_branch.");
        var answer = await remote.Push(new CommitId(action.Commit), cancellation);
        return answer.End switch
        {
            PushEnd.Pushed => new Pushed(action.Commit, action.Number),
            PushEnd.Refused => new PushRefused(action.Commit, action.Number, $"{remote.Name} refuses it: {answer.Detail}"),
            PushEnd.Moved when answer.Upstream is { } upstream => await TakeIn(action, upstream, cancellation),
            _ => throw new FaultException($"It could not be pushed to {remote.Name}: {answer.Detail}"),
        };
    }

    /// <summary>Merges what is on the remote's branch into green.</summary>
    public static string Message(string runId, string remote) => $"Take in what is on {remote}\n\nAutopilot-Run: {runId}\n";

    private async Task<MissionFact> TakeIn(PushGreen action, CommitId upstream, CancellationToken cancellation)
    {
        var merged = await mission.Parts.Integration.Merge(new CommitId(action.Commit), upstream, Message(mission.RunId, mission.Parts.Remote!.Name), cancellation);
        return new RemoteMoved(action.Number, action.Commit, upstream.Hash, merged.Commit?.Hash, string.Join(", ", merged.Conflicts));
    }
}
