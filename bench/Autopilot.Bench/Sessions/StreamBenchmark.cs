using Autopilot.Core.Agents;

namespace Autopilot.Bench.Sessions;

/// <summary>How fast the output of an agent is parsed, redacted and recorded.</summary>
internal sealed class StreamBenchmark : IBenchmark
{
    private const long Warm = 20_000_000;
    private const long Whole = 100_000_000;

    public string Name => "stream";

    public string About =>
        "A session whose agent writes 100 MB in Claude Code's stream format as fast as it is read: parsed, redacted, and flushed to the recording and its text form whenever nothing more has come. Per second of Autopilot's own processor time, all threads together; after a session of 20 MB, to whose peak memory the whole is compared.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        await using var sessions = new Sessions();
        var place = sessions.NewFolder("streams");
        AgentStream.Write(Path.Combine(place, "warm.jsonl"), Warm);
        AgentStream.Write(Path.Combine(place, "whole.jsonl"), Whole);
        await sessions.Run(Agent(Path.Combine(place, "warm.jsonl")), "warm");
        var memory = Environment.WorkingSet;
        var peak = 0L;
        var events = 0;
        sessions.Saw = _ =>
        {
            if (events++ % 1000 == 0) peak = Math.Max(peak, Environment.WorkingSet);
        };
        var began = TimeProvider.System.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        await sessions.Run(Agent(Path.Combine(place, "whole.jsonl")), "whole");
        var processor = Environment.CpuUsage.TotalTime - before;
        var bytes = new FileInfo(Path.Combine(place, "whole.jsonl")).Length;
        return
        [
            new("recording a stream", $"{Measure.MegabytesPerSecond(bytes, processor):0} MB/s", ">= 60 MB/s", $"{events} events; {Measure.MegabytesPerSecond(bytes, TimeProvider.System.GetElapsedTime(began)):0} MB/s of wall time"),
            .. StreamStages.Measure(Path.Combine(place, "warm.jsonl"), place),
            new("memory while it lasts", $"{peak / 1e6:0} MB", "constant", $"{memory / 1e6:0} MB after a fifth of it"),
        ];
    }

    private static AgentSettings Agent(string stream) => new() { Name = "claude", Kind = "claude", Command = ["/bin/sh", "-c", "exec cat \"$0\"", stream] };
}
