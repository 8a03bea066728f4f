using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions;

/// <summary>Looks from time to time for what a running mission must hear of: answers, the governor's level.</summary>
public sealed class MissionWatch : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource ending = new();
    private readonly Task poll;
    private volatile MissionState latest;

    public MissionWatch(MissionState state, TimeSpan interval, TimeProvider clock, Action<MissionFact> post, params Func<MissionState, Task>[] looks)
    {
        latest = state;
        poll = Poll(interval, clock, post, looks, ending.Token);
    }

    /// <summary>Told of the mission as it stands.</summary>
    public void Saw(MissionState state) => latest = state;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await poll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task Poll(TimeSpan interval, TimeProvider clock, Action<MissionFact> post, Func<MissionState, Task>[] looks, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(interval, clock, cancellation);
            try
            {
                foreach (var look in looks) await look(latest);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A later look may succeed; until then the mission shows it.
                post(new ActionFaulted("watch", failure.Message, Counts: false));
                await Task.Delay(AfterFailure, clock, cancellation);
            }
        }
    }
}
