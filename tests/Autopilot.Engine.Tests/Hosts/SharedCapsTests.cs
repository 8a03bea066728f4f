using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Platform.Sql;
using Autopilot.RunHost;
using Xunit.Abstractions;

namespace Autopilot.Engine.Tests.Hosts;

/// <summary>
/// Many real processes under the same caps, some of them killed with KILL at random: what was spent never exceeds a cap by more than the
/// overruns that are on record. AUTOPILOT_SEED=n plays another game.
/// </summary>
public sealed class SharedCapsTests(ITestOutputHelper output) : IDisposable
{
    private const int Processes = 8;
    private const int Killed = 3;
    private readonly Host host = new();

    public static TheoryData<int> Seeds() => int.TryParse(Environment.GetEnvironmentVariable("AUTOPILOT_SEED"), out var seed) ? [seed] : [1, 2];

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public async Task No_cap_is_passed_by_more_than_the_recorded_overruns(int seed)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs kill and /proc");
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var said = await Task.WhenAll(Enumerable.Range(0, Processes).Select(n => Life(1000 * seed + n, n < Killed ? random.Next(1, 12) : null)));

        var home = GovernorHome.Resolve(new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTOPILOT_HOME"] = host.Folder });
        await using var store = LedgerSchema.Open(home, TimeProvider.System);
        // Gives back what the killed ones held.
        var report = await LedgerReport.Read(store, HostedSpending.Limits, TimeProvider.System);
        Assert.Empty(report.Open);
        await store.Read(session =>
        {
            var (limits, day, month) = (HostedSpending.Limits, report.Day, report.Month);
            Within(session, $"day|{day}", "day = $1", day, limits.DayUsd, limits.DayTokens, seed);
            Within(session, $"month|{month}", "month = $1", month, limits.MonthUsd, limits.MonthTokens, seed);
            foreach (var (name, cap) in limits.Providers) Within(session, $"provider|{name}|{day}", "provider = $1", name, cap.DayUsd, cap.DayTokens, seed);
            foreach (var (permit, cost) in said.SelectMany(s => s))
                Assert.True(session.Scalar<long>("SELECT cost FROM permit WHERE id = $1 AND state = 'settled'", permit) == cost, $"seed {seed}: {permit} was settled with {cost}, and the ledger does not say so");
            return true;
        });
        Assert.True(report.Caps[1].Spent > 5, $"seed {seed}: only ${report.Caps[1].Spent} were spent, so nothing was shown");
    }

    public void Dispose() => host.Dispose();

    /// <returns>What it said was settled.</returns>
    private async Task<List<(string Permit, long Cost)>> Life(int seed, int? killAfter)
    {
        var process = await host.Start("spend", host.Folder, $"{seed}", "40");
        var left = killAfter ?? int.MaxValue;
        var lines = await process.Until(_ => left-- == 0);
        if (killAfter is not null) await host.Kill(process.Process.Id);
        var (exit, rest) = await process.End();
        Assert.True(killAfter is not null || exit.Code == 0, string.Join('\n', exit.ErrorTail));
        return [.. lines.Concat(rest).Select(l => l.Split(' ')).Where(p => p is ["spent", _, _]).Select(p => (p[1], long.Parse(p[2], System.Globalization.CultureInfo.InvariantCulture)))];
    }

    private static void Within(SqlSession session, string scope, string filter, string argument, decimal? usd, long? tokens, int seed)
    {
        var spent = session.Query("SELECT usd, tokens FROM spent WHERE scope = $1", row => (Usd: row.GetInt64(0), Tokens: row.GetInt64(1)), scope).SingleOrDefault();
        var sums = session.Query(
            $"SELECT COALESCE(SUM(cost), 0), COALESCE(SUM(tokens), 0), COALESCE(SUM(overrun), 0), COALESCE(SUM(MAX(0, tokens - reserved_tokens)), 0) FROM permit WHERE {filter}",
            row => (Usd: row.GetInt64(0), Tokens: row.GetInt64(1), Overrun: row.GetInt64(2), Beyond: row.GetInt64(3)), argument)[0];
        Assert.True((spent.Usd, spent.Tokens) == (sums.Usd, sums.Tokens), $"seed {seed}: the sum of {scope} is {spent}, its permits have {sums}");
        if (usd is { } cap) Assert.True(spent.Usd <= (long)(cap * 1_000_000) + sums.Overrun, $"seed {seed}: {scope} spent {spent.Usd} of {cap} with an overrun of {sums.Overrun}");
        if (tokens is { } most) Assert.True(spent.Tokens <= most + sums.Beyond, $"seed {seed}: {scope} used {spent.Tokens} of {most} tokens, {sums.Beyond} beyond what was reserved");
    }
}
