using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;

namespace Autopilot.Composition;

/// <summary>The governor of the work of this process, with the one source that stops it.</summary>
internal sealed class Governing : IAsyncDisposable
{
    private readonly Store ledger;
    private readonly StopSource stop;
    private readonly Counters counters;
    private readonly MemoryGuard guard;
    private readonly ModeMachine machine;
    private readonly Func<Caller> caller;

    /// <param name="sessions">The sessions that run under it.</param>
    public Governing(Application application, EffectiveConfiguration configuration, LiveSessions sessions)
    {
        var home = GovernorHome.Resolve(application.Environment);
        ledger = LedgerSchema.Open(home, application.Clock);
        counters = new Counters(ledger, application.Terminal.Note);
        machine = new ModeMachine(home, application.Clock, counters.Add, application.Interrupted);
        caller = () => new CallerRecognition(home.Processes, application.Environment).Recognise();
        var unattended = application.Unattended || caller().Actor == Actor.Agent;
        stop = new StopSource(home, new KillSwitch(home, machine), unattended ? machine : null, application.Clock, count: counters.Add);
        if (application.Interruption is { } interruption) stop.Obey(() => $"signal: {interruption.Cause}", interruption.Token);
        // Nobody waits half a minute at the end for another process that keeps the ledger.
        stop.Token.UnsafeRegister(_ => ledger.Hurry(), null);
        Governor = new Governor(home, ledger, machine, stop, Limits(configuration), application.Clock, application.Terminal.Note, unattended);
        guard = new MemoryGuard(ledger, sessions, Bytes(configuration.Get(ResourceKeys.MemoryFloor)), application.Clock, show: application.Terminal.Warn);
    }

    public Governor Governor { get; }

    /// <summary>Lets no work begin that the kill switch, or the mode of unattended work, forbids. The refusal is recorded as other refusals are; nothing else is written.</summary>
    /// <param name="what">The command.</param>
    /// <exception cref="PermitRefusedException">It is forbidden.</exception>
    public void RequireLeave(string what)
    {
        if (Governor.StopCause is not { } cause || StopCauses.CodeOf(cause) is not (StopCauses.Kill or StopCauses.ModeOff)) return;
        machine.RecordRefusal(StopCauses.CodeOf(cause), what, cause, caller());
        throw new PermitRefusedException(StopCauses.CodeOf(cause), $"Nothing may start: {StopCauses.Explain(cause)}");
    }

    /// <summary>Counts what goes wrong and is dealt with: a name and labels.</summary>
    public void Count(string name, string labels) => counters.Add(name, labels);

    /// <summary>What the configuration allows.</summary>
    public static GovernorLimits Limits(EffectiveConfiguration configuration) => new()
    {
        SessionUsd = configuration.Get(BudgetKeys.Session),
        RunUsd = configuration.Get(BudgetKeys.Run),
        DayUsd = configuration.Get(BudgetKeys.Day),
        MonthUsd = configuration.Get(BudgetKeys.Month),
        DayTokens = Tokens(configuration.Get(BudgetKeys.DayTokens)),
        MonthTokens = Tokens(configuration.Get(BudgetKeys.MonthTokens)),
        Providers = configuration.Get(ProviderKeys.Providers)!,
        LongestWait = configuration.Get(ResourceKeys.LongestWait),
        Resources = new ResourceThresholds(
            Bytes(configuration.Get(ResourceKeys.Memory)),
            Bytes(configuration.Get(ResourceKeys.Disk))),
    };

    private static long? Tokens(int configured) => configured > 0 ? configured : null;

    private static long Bytes(int mebibytes) => (long)mebibytes << 20;

    public async ValueTask DisposeAsync()
    {
        await guard.DisposeAsync();
        stop.Dispose();
        await counters.DisposeAsync();
        await ledger.DisposeAsync();
    }
}
