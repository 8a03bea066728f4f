using Autopilot.Core.Agents;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Bench.Sessions;

/// <summary>What it costs that calls of an agent are looked at.</summary>
internal sealed class WatchBenchmark : IBenchmark
{
    private const int Files = 10_000;
    private const int Rounds = 3;

    private static readonly string Work =
        $"mkdir s && cd s && i=0; while [ $i -lt {Files} ]; do : > f$i; i=$((i+1)); done; echo f* | xargs cat > /dev/null; cd .. && rm -r s; echo done";

    public string Name => "watch";

    public string About =>
        $"A session in the sandbox whose agent creates, reads and removes {Files} empty files, in a program that has run one before: the least processor time of {Rounds}, of Autopilot and all that it starts. `changes` is shown two calls for each file, `all` three; beside it what that is for each call, above `off`.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        var rows = new List<BenchmarkRow>();
        var off = await Of(SandboxWatch.Off);
        rows.Add(new("off", $"{off.TotalMilliseconds:0} ms", "", ""));
        foreach (var (watch, calls) in new[] { (SandboxWatch.Rare, 0), (SandboxWatch.Changes, 2), (SandboxWatch.All, 3) })
        {
            var took = await Of(watch);
            rows.Add(new(watch.ToString().ToLowerInvariant(), $"{took.TotalMilliseconds:0} ms", "", calls == 0 ? "" : $"{(took - off).TotalMicroseconds / (Files * calls):0.0} µs for each call"));
        }

        return rows;
    }

    private static async Task<TimeSpan> Of(SandboxWatch watch)
    {
        await using var sessions = new Sessions(watch);
        var agent = new AgentSettings { Name = "busy", Kind = "command", Command = ["/bin/sh", "-c", Work] };
        var best = TimeSpan.MaxValue;
        for (var i = 0; i <= Rounds; i++)
        {
            var before = ProcessorTime.OfAll();
            await sessions.Run(agent, $"workspace-{i}");
            var took = ProcessorTime.OfAll() - before;
            if (i > 0 && took < best) best = took;
        }

        return best;
    }
}
