using System.Diagnostics;
using System.Globalization;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Survivors;

namespace Autopilot.Bench.Governance;

/// <summary>How long an agent lives on after a cause that ends all work.</summary>
internal sealed class KillPathBenchmark : IBenchmark
{
    private const int Samples = 40;
    private static readonly int[] Buckets = [50, 100, 150, 250];
    private static readonly StopCause[] Causes = [StopCause.KillFile, StopCause.ModeOff, StopCause.Signal, StopCause.Deadline, StopCause.Budget];

    public string Name => "kill-path";

    public string About =>
        $"From the cause to the last process of an agent gone, {Samples} times for each cause, through the one source of cancellation and the supervisor. The agent is a shell with two children, one of them in a session of its own, that all end on TERM.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        var rows = new List<BenchmarkRow>();
        foreach (var cause in Causes)
        {
            var times = new List<double>();
            while (times.Count < Samples)
                if (await Sample(cause, times.Count, cancellation) is { } took) times.Add(took.TotalMilliseconds);
            rows.Add(Row(cause, times));
        }

        return rows;
    }

    /// <returns>Null when the cause came before the agent was up, as a deadline may on a busy machine.</returns>
    private static async Task<TimeSpan?> Sample(StopCause cause, int number, CancellationToken cancellation)
    {
        using var folder = new ScratchFolder();
        using var supervisor = new ProcessSupervisor(TimeProvider.System, new ProcessRegistry(folder["processes"]));
        await using var scene = await StopScene.Open(folder["home"], cause, cancellation);
        var nap = string.Create(CultureInfo.InvariantCulture, $"300.{Environment.ProcessId}{number:00}");
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var agent = await supervisor.Start(Agent(folder.Path, nap, up), scene.Token);
        if (await Task.WhenAny(up.Task, agent.Completion) != up.Task || scene.Token.IsCancellationRequested) return null;
        var start = await scene.Cause();
        var exit = await agent.Completion;
        var took = Stopwatch.GetElapsedTime(start);
        if (exit.End != ProcessEnd.Cancelled) throw new InvalidOperationException($"The agent ended by {exit.End}, not by {cause}.");
        return Sleepers(nap) == 0 ? took : throw new InvalidOperationException($"A process of the agent outlived {cause}.");
    }

    private static ProcessSpec Agent(string folder, string nap, TaskCompletionSource up) => new()
    {
        Executable = "/bin/sh",
        Arguments = ["-c", $"setsid sleep {nap} & sleep {nap} & echo up; wait"],
        WorkingDirectory = folder,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
        OnOutput = _ =>
        {
            up.TrySetResult();
            return ValueTask.CompletedTask;
        },
    };

    private static BenchmarkRow Row(StopCause cause, List<double> times)
    {
        times.Sort();
        // A timer may fire a little before its deadline.
        var lower = int.MinValue;
        var buckets = new List<string>();
        foreach (var bound in Buckets)
        {
            buckets.Add($"<= {bound}: {times.Count(t => t > lower && t <= bound)}");
            lower = bound;
        }

        buckets.Add($"> {lower}: {times.Count(t => t > lower)}");
        var measured = string.Create(CultureInfo.InvariantCulture, $"p50 {At(times, 0.5):0} ms, p95 {At(times, 0.95):0} ms, max {times[^1]:0} ms");
        return new($"{cause}, {times.Count} times", measured, "max <= 250 ms", $"ms {string.Join(", ", buckets)}");
    }

    /// <summary>The smallest of the sorted times that this share of them does not pass.</summary>
    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static int Sleepers(string nap) => Directory.EnumerateDirectories("/proc").Count(process => IsSleeper(process, nap));

    private static bool IsSleeper(string process, string nap)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && File.ReadAllText(Path.Combine(process, "cmdline")).StartsWith($"sleep\0{nap}\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone while it was looked at.
            return false;
        }
    }
}
