using System.Diagnostics;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Bench.Governance;

/// <summary>Unattended work that is allowed to run, until the one cause that is measured.</summary>
internal sealed class StopScene : IAsyncDisposable
{
    private static readonly Caller Person = new(Actor.User, new ProcessIdentity(Environment.ProcessId, 0, "bench"), []);
    private static readonly TimeSpan UntilDeadline = TimeSpan.FromMilliseconds(300);

    private readonly StopCause cause;
    private readonly GovernorHome home;
    private readonly ModeMachine machine;
    private readonly Store store;
    private readonly CancellationTokenSource signal = new();
    private readonly StopSource stop;
    private readonly long opened;
    private IPermit? permit;

    private StopScene(string folder, StopCause cause)
    {
        this.cause = cause;
        home = GovernorHome.Resolve(new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTOPILOT_HOME"] = folder });
        machine = new ModeMachine(home, TimeProvider.System);
        Switch(Mode.OnPermanent);
        store = LedgerSchema.Open(home, TimeProvider.System);
        opened = Stopwatch.GetTimestamp();
        stop = new StopSource(home, new KillSwitch(home, machine), machine, TimeProvider.System, cause == StopCause.Deadline ? TimeProvider.System.GetUtcNow() + UntilDeadline : null);
        stop.Obey(() => "signal: SIGINT", signal.Token);
    }

    public CancellationToken Token => stop.Token;

    public static async Task<StopScene> Open(string folder, StopCause cause, CancellationToken cancellation)
    {
        var scene = new StopScene(folder, cause);
        var limits = new GovernorLimits { SessionUsd = 1, DayUsd = 1, Resources = new ResourceThresholds(0, 0) };
        var governor = new Engine.Governor.Governor(scene.home, scene.store, scene.machine, scene.stop, limits, TimeProvider.System);
        scene.permit = await governor.Acquire(new PermitRequest { Kind = "session", RunId = "bench", Role = "worker", Agent = "bench" }, cancellation);
        return scene;
    }

    /// <summary>Brings the cause about.</summary>
    /// <returns>The instant from which the 250 ms count.</returns>
    public async Task<long> Cause()
    {
        var start = cause == StopCause.Deadline ? opened + (long)(UntilDeadline.TotalSeconds * Stopwatch.Frequency) : Stopwatch.GetTimestamp();
        switch (cause)
        {
            case StopCause.KillFile: await File.WriteAllTextAsync(home.KillFile, "bench", CancellationToken.None); break;
            case StopCause.ModeOff: Switch(Mode.Off); break;
            case StopCause.Signal: await signal.CancelAsync(); break;
            case StopCause.Budget: await permit!.Settle(default, 9m, CancellationToken.None); break;
            default: break;
        }

        return start;
    }

    public async ValueTask DisposeAsync()
    {
        if (permit is not null) await permit.DisposeAsync();
        stop.Dispose();
        signal.Dispose();
        await store.DisposeAsync();
    }

    private void Switch(Mode mode)
    {
        var decision = machine.Request(new ModeRequest(Actor.User, mode, "bench"), Person);
        if (!decision.IsAllowed) throw new InvalidOperationException(decision.Refusal);
    }
}
