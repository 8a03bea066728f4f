using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>The real governor with its ledger, on a home of its own and virtual time.</summary>
internal sealed class GovernedPlace : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StopSource stop;

    public GovernedPlace()
    {
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        var machine = new ModeMachine(home, Clock);
        Ledger = LedgerSchema.Open(home, Clock);
        stop = new StopSource(home, new KillSwitch(home, machine), null, Clock);
        Governor = new Governor(home, Ledger, machine, stop, new GovernorLimits { Resources = new ResourceThresholds(0, 0) }, Clock);
    }

    public ManualClock Clock { get; } = new();

    public IStore Ledger { get; }

    public Governor Governor { get; }

    /// <summary>Provider, state and, where it is known, the cost in millionths of a dollar of each permit, in order.</summary>
    public Task<List<string>> Permits() => Ledger.Read(session => session.Query("SELECT provider || ' ' || state FROM permit ORDER BY rowid", row => row.GetString(0)));

    public Task<List<string>> Counters() => Ledger.Read(session => session.Query("SELECT name || '{' || labels || '}' FROM counter ORDER BY 1", row => row.GetString(0)));

    /// <summary>For how long nothing is granted for a provider; null for not at all.</summary>
    public async Task<TimeSpan?> Blocked(string provider) => await Governor.BlockedUntil(provider, CancellationToken.None) - Clock.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        stop.Dispose();
        await Ledger.DisposeAsync();
        folder.Dispose();
    }
}
