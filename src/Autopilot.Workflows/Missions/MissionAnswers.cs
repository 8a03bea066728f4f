using System.Collections.Concurrent;
using Autopilot.Core.Missions;
using Autopilot.Engine.Approvals;

namespace Autopilot.Workflows.Missions;

/// <summary>Brings a person's answers to a running mission.</summary>
public sealed class MissionAnswers(string runId, ApprovalDesk desk, TimeProvider clock, Action<MissionFact> post) : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> brought = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private volatile MissionState? latest;
    private Task? watch;

    /// <summary>Told of the mission as it stands; looks for answers from time to time while a question is open.</summary>
    public void Watch(MissionState state)
    {
        latest = state;
        if (state.OpenApprovals.Any()) watch ??= Poll(ending.Token);
    }

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

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (watch is not null) await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task Poll(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(desk.Poll, clock, cancellation);
            try
            {
                await Look(latest!);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A later look may succeed; until then the mission shows it.
                post(new ActionFaulted("approvals", failure.Message, Counts: false));
                await Task.Delay(AfterFailure, clock, cancellation);
            }
        }
    }
}
