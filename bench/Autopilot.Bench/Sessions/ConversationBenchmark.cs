using System.Diagnostics;
using Autopilot.Core.Agents;
using Autopilot.ModelServer;

namespace Autopilot.Bench.Sessions;

/// <summary>What a later turn costs in a process that is kept, and in one of its own.</summary>
internal sealed class ConversationBenchmark : IBenchmark
{
    private const int Turns = 10;

    public string Name => "conversation";

    public string About =>
        $"Wall time of a later turn of a session (median of {Turns}), with the real CLIs in the versions that the tests install, against the scripted model on loopback: in the one process of the conversation, in such a process with nothing of ours around it, and in a process for each turn that resumes the session.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        var installed = Path.GetFullPath(Path.Combine("artifacts", "real-agents"));
        var bin = Directory.Exists(installed) ? Directory.EnumerateDirectories(installed).Select(d => Path.Combine(d, "node_modules", ".bin")).FirstOrDefault(Directory.Exists) : null;
        if (bin is null) return [new("the real CLIs", "not installed here", "", "run ./test RealAgents first")];
        await using var server = await ScenarioServer.Start(cancellation: cancellation);
        var rows = new List<BenchmarkRow>();
        foreach (var kind in new[] { "claude", "codex" })
        {
            var kept = await Median(kind, bin, server, keep: true, cancellation);
            var own = await Median(kind, bin, server, keep: false, cancellation);
            var alone = MedianOf(await LoneCli.Turns(kind, bin, server, Turns, cancellation));
            rows.Add(new($"{kind}, one process", $"{kept.TotalMilliseconds:0} ms", "", $"{alone.TotalMilliseconds:0} ms of the CLI alone; {own.TotalMilliseconds:0} ms in a process of its own"));
        }

        return rows;
    }

    private static async Task<TimeSpan> Median(string kind, string bin, ScenarioServer server, bool keep, CancellationToken cancellation)
    {
        using var bench = new Bench(bin);
        var agent = bench.Agent(new AgentSettings
        {
            Name = kind,
            Kind = kind,
            Model = kind == "codex" ? "gpt-5.5" : null,
            BaseUrl = kind == "codex" ? server.OpenAiUrl : server.Url,
            ApiKeyEnv = "FAKE_KEY",
        });
        var request = new AgentRequest { Prompt = "[[mock:hello]] begin", Workspace = bench.Workspace, Limits = new AgentLimits { WallClock = TimeSpan.FromMinutes(2) } };
        await using var conversation = (keep ? agent : new Plain(agent)).Open(request);
        var times = new List<TimeSpan>();
        for (var i = 0; i <= Turns; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var outcome = await conversation.Turn($"[[mock:hello]] turn {i}", Bench.Ignore, cancellation);
            if (outcome.Kind != OutcomeKind.Completed) throw new InvalidOperationException($"{kind}: {outcome.Detail}");
            if (i > 0) times.Add(Stopwatch.GetElapsedTime(start));
        }

        return MedianOf(times);
    }

    private static TimeSpan MedianOf(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>The agent without its conversations.</summary>
    private sealed class Plain(IAgent agent) : IAgent
    {
        public string Name => agent.Name;

        public string Vendor => agent.Vendor;

        public AgentCapabilities Capabilities => agent.Capabilities;

        public Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation) => agent.RunAsync(request, observe, cancellation);
    }
}
