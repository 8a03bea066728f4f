using System.Threading.Channels;
using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Missions;

/// <summary>
/// Turns decisions into effects and effects into facts. It holds no state that matters: everything it knows is in the facts, which
/// are journaled in order before the next decision is made.
/// </summary>
/// <param name="effects">Carries actions out.</param>
/// <param name="clock">Whose time facts bear.</param>
/// <param name="maySpeculate">Asked when several attempts at a unit are about to begin; null when nothing speaks against it.</param>
public sealed class MissionDriver(IMissionEffects effects, TimeProvider clock, Func<Task<bool>>? maySpeculate = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(30);

    private readonly MissionDecision decision = new();
    private readonly Dictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly Channel<(string? Key, MissionFact? Fact)> arrivals = Channel.CreateUnbounded<(string?, MissionFact?)>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource stopping = new();
    private Task<bool>? arrival;

    /// <summary>True when the last round found nothing more to do.</summary>
    public bool Finished { get; private set; }

    /// <summary>Hands over what came from outside, such as a signal.</summary>
    public void Post(MissionFact fact) => arrivals.Writer.TryWrite((null, fact with { At = clock.GetUtcNow() }));

    /// <summary>Starts what is to be done and waits until something is known: the body of one journaled step.</summary>
    /// <returns>The new facts, in order; empty only when the mission is finished.</returns>
    /// <exception cref="RunSuspendedException">Only a person can say how it goes on, and that is journaled.</exception>
    public async Task<IReadOnlyList<MissionFact>> NextFacts(MissionState state, CancellationToken cancellation)
    {
        while (true)
        {
            // What has come is taken in first: an action that was cancelled leaves no fact, and yet it is no longer running.
            var facts = Drain();
            if (facts.Count > 0) return facts;
            var actions = decision.Decide(state, Keys(), clock.GetUtcNow());
            var speculate = maySpeculate is null || !actions.Any(a => a is DoWork { Rivals: > 0 }) || await maySpeculate();
            facts = Start(state, actions, speculate, out var wake);
            if (facts.Count > 0 || Finished) return facts;
            await Arrival(wake, state, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopping.IsCancellationRequested) Cancel();
        await Task.WhenAll(running.Values);
        stopping.Dispose();
    }

    /// <summary>Starts the actions; what must be known before an effect begins becomes a fact first.</summary>
    private List<MissionFact> Start(MissionState state, IReadOnlyList<MissionAction> actions, bool speculate, out DateTimeOffset wake)
    {
        wake = state.Deadline;
        var facts = new List<MissionFact>();
        var now = clock.GetUtcNow();
        foreach (var action in actions)
        {
            switch (action)
            {
                case Finish: Finished = true; break;
                case Stop stop: facts.Add(new StopDecided(stop.Cause, stop.Detail) { At = now }); break;
                case Wait wait: wake = wait.Until < wake ? wait.Until : wake; break;
                case Suspend when state.SuspendedSince is null: facts.Add(new Suspended { At = now }); break;
                case Suspend suspend: throw new RunSuspendedException(suspend.Question, suspend.Until);
                case DoWork work when !state.Units[work.Unit].IsAtWork(work.Attempt, work.Rival):
                    if (Beginning(state, work, speculate) is { } begun) facts.Add(begun with { At = now });
                    break;
                default: running[action.Key] = Carry(action, state); break;
            }
        }

        if (state.StopCause is not null && !stopping.IsCancellationRequested) Cancel();
        return facts;
    }

    /// <summary>What must be known before a worker begins; null for a rival that is not to be.</summary>
    private static WorkStarted? Beginning(MissionState state, DoWork work, bool speculate)
    {
        var begun = new WorkStarted(work.Unit, work.Attempt, work.Base);
        if (work.Rivals == 0 || !speculate && state.Units[work.Unit].Attempt != work.Attempt) return work.Rival <= 1 ? begun : null;
        return begun with { Rival = work.Rival, Rivals = work.Rivals };
    }

    private async Task Carry(MissionAction action, MissionState state)
    {
        MissionFact? fact;
        try
        {
            fact = await effects.Carry(action, state, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            fact = null;
        }
        catch (PermitRefusedException refused)
        {
            fact = new StopDecided(refused.IsBudget ? "budget" : "governor", refused.Message);
        }
        catch (FaultException fault)
        {
            fact = new ActionFaulted(action.Key, fault.Message, fault.RetryAt, fault.Counts) { CostUsd = fault.CostUsd };
        }
        catch (Exception fault)
        {
            fact = new ActionFaulted(action.Key, $"{fault.GetType().Name}: {fault.Message}");
        }

        arrivals.Writer.TryWrite((action.Key, fact is null ? null : fact with { At = clock.GetUtcNow() }));
    }

    private List<MissionFact> Drain()
    {
        var facts = new List<MissionFact>();
        while (arrivals.Reader.TryRead(out var arrival))
        {
            if (arrival.Key is { } key) running.Remove(key);
            if (arrival.Fact is { } fact) facts.Add(fact);
        }

        return facts;
    }

    private async Task Arrival(DateTimeOffset wake, MissionState state, CancellationToken cancellation)
    {
        arrival ??= arrivals.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        var pause = wake - clock.GetUtcNow();
        // A mission that is over time already has its stop; it only waits for what is running to end.
        if (state.StopCause is not null || pause > LongestPause) pause = LongestPause;
        // The time came while it was decided: a busy machine takes its time.
        if (pause <= TimeSpan.Zero) return;
        await ((Task)arrival).WaitAsync(pause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellation.ThrowIfCancellationRequested();
        if (arrival.IsCompleted) arrival = null;
    }

    // On this thread: a simulation has only one.
    private void Cancel() => stopping.Cancel();

    private HashSet<string> Keys() => running.Keys.ToHashSet(StringComparer.Ordinal);
}
