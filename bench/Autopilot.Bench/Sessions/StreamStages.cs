using Autopilot.Agents.Claude;
using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;
using Autopilot.Engine.Recording;

namespace Autopilot.Bench.Sessions;

/// <summary>The parts of which recording a stream consists, each on top of those before, on one thread.</summary>
internal static class StreamStages
{
    private const int Lines = 4096;

    public static IEnumerable<BenchmarkRow> Measure(string file, string folder)
    {
        var redactor = new SecretRedactor(new Redactor([]));
        using var writer = new TrajectoryWriter();
        using var recorder = TrajectoryRecorder.Create(Path.Combine(folder, "stages.jsonl"), new TrajectoryHeader(DateTimeOffset.UnixEpoch) { Agent = "claude", Prompt = "Measure this.", Version = "bench" }, redactor, TimeProvider.System);
        recorder.Gather(moreFollow: true);
        var stages = new (string Name, Action<AgentEvent> Take)[]
        {
            ("of which reading and translating", _ => { }),
            ("and redacting", e => e.Redacted(redactor)),
            ("and encoding", e => writer.Encode(new RecordedEvent(1, DateTimeOffset.UnixEpoch, e.Redacted(redactor)))),
            ("or recording, many lines together", e => recorder.Record(e)),
        };
        foreach (var (name, take) in stages)
        {
            Pass(file, take, most: Lines);
            var before = Environment.CpuUsage.TotalTime;
            Pass(file, take, most: int.MaxValue);
            yield return new(name, $"{Autopilot.Bench.Measure.MegabytesPerSecond(new FileInfo(file).Length, Environment.CpuUsage.TotalTime - before):0} MB/s", "", "");
        }
    }

    private static void Pass(string file, Action<AgentEvent> take, int most)
    {
        var translator = new ClaudeTranslator(resumed: false);
        var events = new List<AgentEvent>();
        foreach (var line in File.ReadLines(file).Take(most))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(line);
            translator.Output(bytes, bytes.Length, events);
            foreach (var value in events) take(value);
            events.Clear();
        }
    }
}
