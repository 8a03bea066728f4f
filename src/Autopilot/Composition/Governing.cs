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

    /// <param name="unattended">True when no person started the work: then it ends with the mode.</param>
    /// <param name="sessions">The sessions that run under it.</param>
    public Governing(Application application, EffectiveConfiguration configuration, LiveSessions sessions, bool unattended = false)
    {
        var home = GovernorHome.Resolve(application.Environment);
        var machine = new ModeMachine(home, application.Clock);
        ledger = LedgerSchema.Open(home, application.Clock);
        counters = new Counters(ledger, application.Terminal.Note);
        stop = new StopSource(home, new KillSwitch(home, machine), unattended ? machine : null, application.Clock, count: counters.Add);
        if (application.Interruption is { } interruption) stop.Obey(() => $"signal: {interruption.Cause}", interruption.Token);
        Governor = new Governor(home, ledger, machine, stop, Limits(configuration), application.Clock, application.Terminal.Note);
        guard = new MemoryGuard(ledger, sessions, Bytes(configuration.Get(ResourceKeys.MemoryFloor)), application.Clock, show: application.Terminal.Warn);
    }

    public Governor Governor { get; }

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
