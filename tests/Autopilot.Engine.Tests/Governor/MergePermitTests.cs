using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

/// <summary>A branch moves only under a permit of the governor that every process shares.</summary>
public sealed class MergePermitTests : IAsyncDisposable
{
    private static readonly Caller User = new(Actor.User, new ProcessIdentity(1, 1, "sh"), []);
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly GovernorHome home;
    private readonly ModeMachine machine;
    private readonly KillSwitch killSwitch;
    private readonly IStore store;
    private readonly List<StopSource> stops = [];
    private int merges;

    public MergePermitTests()
    {
        home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        machine = new ModeMachine(home, clock);
        killSwitch = new KillSwitch(home, machine);
        store = LedgerSchema.Open(home, clock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stop in stops) stop.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_merge_is_granted_recorded_and_free()
    {
        Assert.Equal("moved", await Merge(Governor(unattended: false)));
        Assert.Equal(["merge|run-1|settled|0|0"], await Permits());
    }

    [Fact]
    public async Task The_kill_switch_refuses_it_whoever_started_the_run()
    {
        machine.Request(new ModeRequest(Actor.User, Mode.OnPermanent, ""), User);
        var begun = Governor(unattended: false);
        killSwitch.Pull("enough", User);
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var governor in new[] { begun, Governor(unattended: false), Governor(unattended: true) })
        {
            var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => Merge(governor));
            Assert.Equal("kill", refusal.Code);
            Assert.Contains("enough. Release the kill switch with 'autopilot unkill'.", refusal.Message);
        }

        await AssertUntouched("kill", 3);
    }

    [Fact]
    public async Task While_the_mode_is_off_only_a_persons_run_merges()
    {
        var unattended = Governor(unattended: true);
        var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => Merge(unattended));
        Assert.Equal("mode:off", refusal.Code);
        Assert.Contains("autopilot on", refusal.Message);
        await AssertUntouched("mode:off", 1);
        Assert.Equal("moved", await Merge(Governor(unattended: false)));
    }

    [Fact]
    public async Task While_the_mode_is_on_an_unattended_run_merges_until_the_mode_ends()
    {
        machine.Request(new ModeRequest(Actor.User, Mode.OnTemporary, "tonight", clock.GetUtcNow().AddHours(1)), User);
        var governor = Governor(unattended: true);
        Assert.Equal("moved", await Merge(governor));
        Assert.Equal(["merge|run-1|settled|0|1"], await Permits());
        clock.Advance(TimeSpan.FromHours(2));
        Assert.True(governor.Stopping.IsCancellationRequested);
        Assert.Equal("mode:off", (await Assert.ThrowsAsync<PermitRefusedException>(() => Merge(governor))).Code);
        Assert.Equal(1, merges);
    }

    [Theory]
    [InlineData(1L << 60, "safe stop")]
    [InlineData(0, "read-only")]
    public async Task Where_the_disk_runs_short_it_is_held_back(long threshold, string effect)
    {
        var free = MachineResources.FreeDisk(home.Path)!.Value;
        var governor = Governor(unattended: false, new ResourceThresholds(0, threshold > 0 ? threshold : free * 2));
        var refusal = await Assert.ThrowsAsync<PermitRefusedException>(() => Merge(governor));
        Assert.Equal("degraded", refusal.Code);
        Assert.Contains(effect, refusal.Message);
        await AssertUntouched("degraded", 1);
    }

    private Task<string> Merge(IGovernor governor) => new MergeGate(governor, "run-1").Pass(() =>
    {
        merges++;
        return Task.FromResult("moved");
    }, default);

    private async Task AssertUntouched(string code, long times)
    {
        Assert.Equal(0, merges);
        Assert.Empty(await Permits());
        Assert.Contains(("autopilot_permits_refused_total", $"code=\"{code}\"", times), await LedgerReport.Counters(store));
    }

    private Task<List<string>> Permits() => store.Read(session => session.Query(
        "SELECT kind, run_id, state, cost, unattended FROM permit ORDER BY granted_at",
        row => string.Join('|', row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))));

    private Autopilot.Engine.Governor.Governor Governor(bool unattended, ResourceThresholds? thresholds = null)
    {
        var stop = new StopSource(home, killSwitch, unattended ? machine : null, clock);
        stops.Add(stop);
        var limits = new GovernorLimits { Resources = thresholds ?? new ResourceThresholds(0, 0), LongestWait = TimeSpan.Zero };
        return new(home, store, machine, stop, limits, clock, unattended: unattended);
    }
}
