using System.Collections.Concurrent;
using Autopilot.Core.Missions;
using Autopilot.Engine.Approvals;

namespace Autopilot.Workflows.Missions;

/// <summary>Brings a person's answers to a running mission.</summary>
public sealed class MissionAnswers(string runId, ApprovalDesk desk, Action<MissionFact> post)
{
    private readonly ConcurrentDictionary<string, bool> brought = new(StringComparer.Ordinal);

    /// <summary>Brings what was answered by now to the questions that are open.</summary>
    public async Task Look(MissionState state)
    {
        if (!state.OpenApprovals.Any()) return;
        foreach (var asked in await desk.LookAtAll(runId))
        {
            if (asked.Answer is not { } answer || state.Approvals.GetValueOrDefault(asked.Key) is not { Approved: null } || !brought.TryAdd(asked.Key, true)) continue;
            post(new ApprovalGiven(asked.Key, answer.IsApproval, answer.By, answer.Reason ?? ""));
        }
    }

    /// <summary>The mission is over: what it asked need not be answered any more.</summary>
    public async Task Withdraw()
    {
        foreach (var asked in (await desk.LookAtAll(runId)).Where(q => q.Answer is null)) await desk.Give(runId, asked.Key, "deny", "mission", "the mission has ended");
    }
}
