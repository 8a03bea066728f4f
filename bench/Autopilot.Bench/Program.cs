using Autopilot.Bench;
using Autopilot.Bench.Profiling;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interruption.Cancel();
};

if (args is ["profile"])
{
    ProgramProfile.Write();
    return 0;
}

var names = args.Where(a => a != "--write").ToList();
var unknown = names.Except(Benchmarks.All.Select(b => b.Name)).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"No benchmark is called {unknown[0]}. There are: {string.Join(", ", Benchmarks.All.Select(b => b.Name))}");
    return 2;
}

foreach (var benchmark in Benchmarks.All.Where(b => names.Count == 0 || names.Contains(b.Name)))
{
    var section = Report.Section(benchmark, await benchmark.Run(interruption.Token));
    Console.WriteLine(section);
    if (args.Contains("--write"))
        Report.Write(Path.Combine("docs", "benchmarks.md"), benchmark.Name, section);
}

return 0;
