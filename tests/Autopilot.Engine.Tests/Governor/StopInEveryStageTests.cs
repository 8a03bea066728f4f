using System.Text.Json;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Verification;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Engine.Runs;
using Autopilot.Engine.Tests.Runs;
using Autopilot.Engine.Verification;
using Autopilot.Platform.Locks;
using Autopilot.Platform.Processes;

namespace Autopilot.Engine.Tests.Governor;

/// <summary>Every cause of the one cancellation source ends every stage of work; the waits for a permit have tests of their own.</summary>
public sealed class StopInEveryStageTests : IAsyncDisposable
{
    private static readonly Caller User = new(Actor.User, new Autopilot.Core.Governance.ProcessIdentity(1, 1, "sh"), []);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    private readonly RunFixture fixture = new();
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        supervisor.Dispose();
        await fixture.DisposeAsync();
    }

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var cause in new[] { "kill", "mode:off", "signal", "deadline", "budget:day" })
            foreach (var stage in new[] { "agent", "verification", "lock", "person", "sleep" })
                data.Add(cause, stage);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_stage_ends_with_the_cause(string cause, string stage)
    {
        var clock = fixture.Clock;
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = Path.Combine(fixture.Folder, "home") });
        var machine = new ModeMachine(home, clock);
        machine.Request(new ModeRequest(Actor.User, Mode.OnPermanent, "night"), User);
        using var signal = new CancellationTokenSource();
        using var stop = new StopSource(home, new KillSwitch(home, machine), machine, clock, clock.GetUtcNow().AddHours(5));
        stop.Obey(() => "signal: SIGTERM", signal.Token);
        await using var ledger = LedgerSchema.Open(home, clock);
        var governor = new Autopilot.Engine.Governor.Governor(home, ledger, machine, stop, new GovernorLimits { SessionUsd = 5, DayUsd = 5, Resources = new ResourceThresholds(0, 0) }, clock);
        await using var permit = await governor.Acquire(new PermitRequest { Kind = "session", RunId = "run-1", Role = "worker", Agent = "claude" }, default);

        var work = Begin(stage, stop.Token);
        await begun.Task.WaitAsync(Patience);
        Assert.False(work.IsCompleted);
        switch (cause)
        {
            case "kill": await File.WriteAllTextAsync(home.KillFile, "enough"); break;
            case "mode:off": machine.Request(new ModeRequest(Actor.User, Mode.Off, "enough"), User); break;
            case "signal": await signal.CancelAsync(); break;
            case "deadline": clock.Advance(TimeSpan.FromHours(5)); break;
            default: await permit.Settle(default, 9m, default); break;
        }

        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(await work.WaitAsync(Patience));
        Assert.StartsWith(cause, stop.Cause, StringComparison.Ordinal);
    }

    /// <returns>True when it was stopped and did not come to its own end.</returns>
    private async Task<bool> Begin(string stage, CancellationToken stop)
    {
        try
        {
            return stage switch
            {
                "agent" => await Agent(stop),
                "verification" => await Verification(stop),
                "lock" => await Locked(stop),
                "person" => await Run(run => run.Ask("push?", new Question("push", "May I push?", null, ["approve", "deny"])), stop),
                _ => await Run(run => run.SleepUntil("nap", fixture.Clock.GetUtcNow().AddDays(2)), stop),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<bool> Agent(CancellationToken stop)
    {
        var spec = new ProcessSpec { Executable = "/bin/sh", Arguments = ["-c", "sleep 300 & echo up; wait"], WorkingDirectory = fixture.Folder, Environment = Variables, OnOutput = _ => Up() };
        await using var agent = await supervisor.Start(spec, stop);
        return (await agent.Completion).End == ProcessEnd.Cancelled;
    }

    private async Task<bool> Verification(CancellationToken stop)
    {
        await new Verifier(supervisor, Variables, new Listener(begun), _ => null).Verify(VerificationPlan.Of("echo up; sleep 300"), fixture.Folder, null, stop);
        return false;
    }

    private async Task<bool> Locked(CancellationToken stop)
    {
        var path = Path.Combine(fixture.Folder, "held");
        using var held = FileLock.TryAcquire(path);
        var waiting = FileLock.Acquire(path, TimeSpan.FromDays(2), fixture.Clock, stop);
        begun.SetResult();
        (await waiting).Dispose();
        return false;
    }

    private async Task<bool> Run(Func<IRun, Task> wait, CancellationToken stop)
    {
        var flow = RunFixture.Flow(async run =>
        {
            var waiting = wait(run);
            begun.SetResult();
            await waiting;
            return 1;
        });
        return (await fixture.Process(waits: true).Start(flow, 0, "", RunSettings.None, stop)).State == RunState.Stopped;
    }

    private ValueTask Up()
    {
        begun.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Hears the first line of a command.</summary>
    private sealed class Listener(TaskCompletionSource begun) : IRecordRedactor
    {
        public string Redact(string text)
        {
            begun.TrySetResult();
            return text;
        }

        public JsonElement Redact(JsonElement json) => json;
    }
}
