using Autopilot.Core.Agents;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Bench.Sessions;

/// <summary>What a session costs that does nothing.</summary>
internal sealed class SessionBenchmark : IBenchmark
{
    private const int WarmUp = 100;
    private const int Measured = 100;

    public string Name => "session";

    public string About =>
        $"One session with an agent that answers at once (`/bin/echo`): journal, permit, process, recording, ledger, in a program that has run {WarmUp} before. Processor time, the mean of {Measured}: of Autopilot alone, and of all that it starts, the agent among it. In the sandbox it is looked at as by default (`sandbox_watch: changes`).";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        var open = await Of(null);
        var sandboxed = await Of(SandboxWatch.Changes);
        return
        [
            new("one session", $"{open.Own / Measured:0.0} ms", "<= 15 ms", $"{open.Wall / Measured:0.0} ms wall time"),
            new("what it starts: the agent and what holds it", $"{open.Started / Measured:0.0} ms", "", ""),
            new("one session in the sandbox", $"{sandboxed.Own / Measured:0.0} ms", "<= 15 ms", $"{sandboxed.Wall / Measured:0.0} ms wall time"),
            new("what it starts: the agent, its sandbox, and what holds it", $"{sandboxed.Started / Measured:0.0} ms", "", $"{(sandboxed.Own + sandboxed.Started - open.Started) / Measured:0.0} ms with Autopilot's own, above the agent without a sandbox"),
            new("the first session of a program", $"{open.First:0.0} ms", "", "with all code compiled on the way"),
        ];
    }

    private static async Task<(double Own, double Started, double Wall, double First)> Of(SandboxWatch? watch)
    {
        await using var sessions = new Sessions(watch);
        var agent = new AgentSettings { Name = "echo", Kind = "command", Command = ["/bin/echo", "done"] };
        var first = await Cost(sessions, agent, 0, 1);
        await Cost(sessions, agent, 1, WarmUp);
        var measured = await Cost(sessions, agent, WarmUp + 1, Measured);
        return (measured.Own, measured.Started, measured.Wall, first.Own);
    }

    private static async Task<(double Own, double Started, double Wall)> Cost(Sessions sessions, AgentSettings agent, int from, int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (own, started) = (Environment.CpuUsage.TotalTime, EndedChildren());
        for (var i = 0; i < count; i++) await sessions.Run(agent, $"workspace-{from + i}");
        return ((Environment.CpuUsage.TotalTime - own).TotalMilliseconds, EndedChildren() - started, TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }

    private static double EndedChildren() => ProcessorTime.OfEndedChildren().TotalMilliseconds;
}
