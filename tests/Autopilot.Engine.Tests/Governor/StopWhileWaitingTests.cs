using System.Collections.Concurrent;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

/// <summary>Every cause of the one cancellation source ends every wait for a permit, on injected time.</summary>
public sealed class StopWhileWaitingTests : IDisposable
{
    private static readonly Caller User = new(Actor.User, new ProcessIdentity(1, 1, "sh"), []);

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var cause in new[] { "kill", "mode:off", "signal", "deadline", "budget:day" })
            foreach (var stage in new[] { "reserved", "rate limit", "disk" })
                data.Add(cause, stage);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_wait_ends_with_the_cause(string cause, string stage)
    {
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        var machine = new ModeMachine(home, clock);
        var killSwitch = new KillSwitch(home, machine);
        machine.Request(new ModeRequest(Actor.User, Mode.OnPermanent, "night"), User);
        using var signal = new CancellationTokenSource();
        using var stop = new StopSource(home, killSwitch, machine, clock, clock.GetUtcNow().AddHours(5));
        stop.Obey(() => "signal: SIGTERM", signal.Token);
        await using var store = LedgerSchema.Open(home, clock);
        var limits = new GovernorLimits { SessionUsd = 5, DayUsd = 5, Resources = new ResourceThresholds(0, 0), LongestWait = TimeSpan.FromDays(30) };
        var governor = new Autopilot.Engine.Governor.Governor(home, store, machine, stop, limits, clock);
        await using var first = await governor.Acquire(Session(), default);
        if (stage == "rate limit") await governor.Report(first, new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.RateLimit, Detail = "", RetryAt = clock.GetUtcNow().AddDays(2) }, default);
        var second = stage == "disk"
            ? new Autopilot.Engine.Governor.Governor(home, store, machine, stop, limits with { DayUsd = null, Resources = new ResourceThresholds(0, long.MaxValue / 2) }, clock)
            : governor;

        var waiting = second.Acquire(Session(), default);
        await Until(async () => (await LedgerReport.Read(store, limits, clock)).Waiting.Count == 1);
        Assert.False(waiting.IsCompleted);
        switch (cause)
        {
            case "kill": await File.WriteAllTextAsync(home.KillFile, "enough"); break;
            case "mode:off": machine.Request(new ModeRequest(Actor.User, Mode.Off, "enough"), User); break;
            case "signal": await signal.CancelAsync(); break;
            case "deadline": clock.Advance(TimeSpan.FromHours(5)); break;
            default: await first.Settle(default, 9m, default); break;
        }

        await Until(() => Task.FromResult(waiting.IsCompleted));
        Assert.Equal(cause, (await Assert.ThrowsAsync<PermitRefusedException>(() => waiting)).Code);
        Assert.Empty((await LedgerReport.Read(store, limits, clock)).Waiting);
    }

    [Fact]
    public async Task A_cause_ends_the_wait_for_a_ledger_that_another_process_keeps_locked()
    {
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        var machine = new ModeMachine(home, clock);
        using var stop = new StopSource(home, new KillSwitch(home, machine), null, clock);
        await using var store = LedgerSchema.Open(home, clock);
        var shown = new ConcurrentQueue<string>();
        var governor = new Autopilot.Engine.Governor.Governor(home, store, machine, stop, new GovernorLimits { DayUsd = 5, Resources = new ResourceThresholds(0, 0) }, clock, shown.Enqueue);
        stop.Token.UnsafeRegister(_ => store.Hurry(), null);
        var first = await governor.Acquire(Session(), default);

        await using var other = LedgerSchema.Open(home, clock);
        using var leave = new ManualResetEventSlim();
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = other.Write(session =>
        {
            inside.SetResult();
            leave.Wait(TimeSpan.FromMinutes(5));
        });
        await inside.Task;
        var waiting = governor.Acquire(Session(), default);
        await File.WriteAllTextAsync(home.KillFile, "enough");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("kill", (await Assert.ThrowsAsync<PermitRefusedException>(() => waiting)).Code);
        await first.Settle(default, 1m, default);
        Assert.False(holding.IsCompleted);
        leave.Set();
        await holding;
        Assert.All(shown, text => Assert.StartsWith("not booked, which is left to the next Autopilot: ", text));
        Assert.Equal(2, shown.Count);
        Assert.Single((await LedgerReport.Read(store, new GovernorLimits(), clock)).Open);
    }

    private async Task Until(Func<Task<bool>> reached)
    {
        for (var i = 0; i < 20_000 && !await reached(); i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    private static PermitRequest Session() => new() { Kind = "session", RunId = "run-1", Role = "worker", Agent = "claude", Provider = "anthropic" };
}
