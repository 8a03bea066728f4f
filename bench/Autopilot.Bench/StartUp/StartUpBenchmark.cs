namespace Autopilot.Bench.StartUp;

/// <summary>How long the program takes to answer, against an empty console program published the same way, in the same run.</summary>
internal sealed class StartUpBenchmark : IBenchmark
{
    private const int Rounds = 31;

    public string Name => "start-up";

    public string About =>
        $"Wall time of whole processes, medians of {Rounds} rounds in which every program takes its turn. The baseline is a console program that prints one word, published like Autopilot itself, with a runtime of its own and compiled in one piece with it.";

    public Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation) => Task.Run<IReadOnlyList<BenchmarkRow>>(() => Compare(cancellation), cancellation);

    private static BenchmarkRow[] Compare(CancellationToken cancellation)
    {
        using var scratch = new ScratchPrograms();
        var empty = scratch.PublishEmpty();
        var program = ScratchPrograms.Published();
        scratch.MakeRuns(program, count: 20);
        var cases = new (string Name, string File, string[] Arguments, string Target)[]
        {
            ("empty console program", empty, [], ""),
            ("autopilot --version", program, ["--version"], "<= 1.5 x"),
            ("autopilot session list (20 sessions)", program, ["session", "list"], "<= 1.5 x"),
            ("./autopilot --version (launcher)", ScratchPrograms.Launcher, ["--version"], "<= 10 ms more"),
        };
        var times = cases.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds && !cancellation.IsCancellationRequested; round++)
            for (var i = 0; i < cases.Length; i++) times[i].Add(scratch.Time(cases[i].File, cases[i].Arguments));
        cancellation.ThrowIfCancellationRequested();
        var medians = times.Select(Median).ToArray();
        return [.. cases.Select((c, i) => new BenchmarkRow(c.Name, $"{medians[i]:0.0} ms", c.Target, Compared(i, medians)))];
    }

    private static string Compared(int index, double[] medians) => index switch
    {
        0 => "the baseline",
        3 => $"{medians[3] - medians[1]:+0.0;-0.0} ms against the program itself",
        _ => $"{medians[index] / medians[0]:0.00} x the baseline",
    };

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
