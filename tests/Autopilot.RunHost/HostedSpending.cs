using System.Globalization;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;

namespace Autopilot.RunHost;

/// <summary>Reserves and settles random amounts under shared caps. It says <c>spent PERMIT MILLIONTHS</c> when a settlement is recorded.</summary>
public static class HostedSpending
{
    /// <summary>The caps that all processes share.</summary>
    public static GovernorLimits Limits { get; } = new()
    {
        SessionUsd = 0.5m,
        DayUsd = 12,
        MonthUsd = 11,
        DayTokens = 30_000,
        Providers = new Dictionary<string, ProviderCap>(StringComparer.Ordinal) { ["a"] = new(4, null), ["b"] = new(null, 9_000) },
        LongestWait = TimeSpan.Zero,
        Resources = new ResourceThresholds(0, 0),
    };

    public static async Task<int> Spend(string folder, int seed, int permits)
    {
        var clock = TimeProvider.System;
        var home = GovernorHome.Resolve(new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTOPILOT_HOME"] = folder });
        var machine = new ModeMachine(home, clock);
        using var stop = new StopSource(home, new KillSwitch(home, machine), null, clock);
        await using var store = LedgerSchema.Open(home, clock);
        var governor = new Governor(home, store, machine, stop, Limits, clock);
        var random = new Random(seed);
        // Several at once, so that reservations are open whenever the process is killed.
        var lanes = Enumerable.Range(0, 3).Select(_ => new Random(random.Next())).ToList();
        await Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
        {
            for (var i = 0; i < permits; i++) await SpendOne(governor, lane, $"run-{seed}");
        }, CancellationToken.None)));
        return ExitCodes.Done;
    }

    private static async Task SpendOne(Governor governor, Random random, string run)
    {
        var request = new PermitRequest { Kind = "session", RunId = run, Role = "worker", Agent = "host", Provider = random.Next(3) switch { 0 => "a", 1 => "b", _ => null } };
        try
        {
            await using var permit = await governor.Acquire(request, CancellationToken.None);
            for (var turns = random.Next(60); turns > 0; turns--) await Task.Yield();
            var limit = permit.LimitUsd!.Value;
            decimal? cost = random.Next(10) switch
            {
                0 => null,
                1 => limit * 1.2m,
                _ => limit * random.Next(1, 60) / 100,
            };
            if (random.Next(12) == 0) return;
            await permit.Settle(new TokenUsage(random.Next(300), random.Next(100), 0, 0), cost, CancellationToken.None);
            Say($"spent {permit.Id} {((long)Math.Ceiling((cost ?? limit) * 1_000_000)).ToString(CultureInfo.InvariantCulture)}");
        }
        catch (PermitRefusedException)
        {
            // Nothing is left, or others hold it for a moment.
        }
    }

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
