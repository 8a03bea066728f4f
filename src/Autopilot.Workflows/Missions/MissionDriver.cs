using System.Threading.Channels;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Models;
using Autopilot.Core.Runs;
using Autopilot.Workflows.Missions.Effects;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions;

/// <summary>
/// Turns decisions into effects and effects into facts. It holds no state that matters: everything it knows is in the facts, which
/// are journaled in order before the next decision is made.
/// </summary>
/// <param name="effects">What decisions become.</param>
/// <param name="clock">Stamps facts.</param>
/// <param name="count">Counts faults, by a name and labels; null for nobody.</param>
public sealed class MissionDriver(IMissionEffects effects, TimeProvider clock, Action<string, string>? count = null) : IAsyncDisposable
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
    public void Post(MissionFact fact) => arrivals.Writer.TryWrite((null, Counted(fact) with { At = clock.GetUtcNow() }));

    /// <summary>Starts what is to be done and waits until something is known: the body of one journaled step.</summary>
    /// <returns>The new facts, in order; empty only when the mission is finished.</returns>
    /// <exception cref="RunSuspendedException">Nothing may be done before something happens outside, and that is journaled.</exception>
    public async Task<IReadOnlyList<MissionFact>> NextFacts(MissionState state, CancellationToken cancellation)
    {
        while (true)
        {
            // What has come is taken in first: an action that was cancelled leaves no fact, and yet it is no longer running.
            var facts = Drain();
            if (facts.Count > 0) return facts;
            facts = Start(state, decision.Decide(state, Keys(), clock.GetUtcNow()), out var wake);
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
    private List<MissionFact> Start(MissionState state, IReadOnlyList<MissionAction> actions, out DateTimeOffset wake)
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
                case Suspend suspend: throw new RunSuspendedException(suspend.WaitingFor, suspend.Until);
                case DoWork work when !state.Units[work.Unit].IsAtWork(work.Attempt, work.Rival):
                    facts.Add(new WorkStarted(work.Unit, work.Attempt, work.Base) { Rival = work.Rival, Rivals = work.Rivals, At = now });
                    break;
                default: running[action.Key] = Carry(action, state); break;
            }
        }

        if (state.StopCause is not null && !stopping.IsCancellationRequested) Cancel();
        return facts;
    }

    private async Task Carry(MissionAction action, MissionState state)
    {
        MissionFact? fact;
        try
        {
            fact = await effects.Carry(action, state, stopping.Token);
        }
        catch (OperationCanceledException stopped) when (stopping.IsCancellationRequested)
        {
            fact = stopped is SessionStoppedException told && (told.CostUsd > 0 || told.Kept is not null) ? new ActionStopped(action.Key, told.Kept) { CostUsd = told.CostUsd } : null;
        }
        catch (PermitRefusedException refused)
        {
            fact = new StopDecided(refused.IsBudget ? "budget" : "governor", refused.Message);
        }
        catch (FaultException fault)
        {
            fact = FactOf(action, fault);
        }
        catch (ModelFailedException failed)
        {
            fact = FactOf(action, Failures.Of(failed, failed.CostUsd ?? 0));
        }
        catch (Exception fault)
        {
            fact = new ActionFaulted(action.Key, $"{fault.GetType().Name}: {fault.Message}");
        }

        arrivals.Writer.TryWrite((action.Key, fact is null ? null : Counted(fact) with { At = clock.GetUtcNow() }));
    }

    private static ActionFaulted FactOf(MissionAction action, FaultException fault) =>
        new(action.Key, fault.Message, fault.RetryAt, fault.Counts) { CostUsd = fault.CostUsd, Refused = fault.InnerException is ModelFailedException { Failure: FailureKind.BadKey } };

    private MissionFact Counted(MissionFact fact)
    {
        if (fact is ActionFaulted fault) count?.Invoke("autopilot_failures_total", $"where=\"mission\",kind=\"{fault.Key.Split('/')[0]}\"");
        return fact;
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
