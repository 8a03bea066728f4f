using System.Diagnostics;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;
using Autopilot.Workflows.Missions.Rehearsing;
using Autopilot.Workflows.Missions;

namespace Autopilot.Bench.Missions;

/// <summary>What the mission engine itself costs: planning, scheduling and journaling, with everything else taking no time.</summary>
internal sealed class MissionBenchmark : IBenchmark
{
    private const int Units = 1_000;

    public string Name => "mission-engine";

    public string About => $"A mission of {Units} units with 100 workers on the real journal, where agents, git and verification answer at once: processor time per unit, memory, and the time to resume it at its end.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("autopilot-bench-").FullName;
        try
        {
            return await Measured(Path.Combine(folder, "autopilot.db"), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> Measured(string file, CancellationToken cancellation)
    {
        string id;
        var before = Environment.CpuUsage.TotalTime;
        await using (var store = Open(file))
            id = (await new RunEngine(store, TimeProvider.System).Start(Workflow(), Request, "bench", Settings, cancellation)).RunId;
        var perUnit = (Environment.CpuUsage.TotalTime - before) / Units;
        var memory = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var again = Stopwatch.GetTimestamp();
        await using (var store = Open(file)) await Replay(store, id);
        var resumed = Stopwatch.GetElapsedTime(again);
        return
        [
            new("processor time per unit", $"{perUnit.TotalMilliseconds:F2} ms", "2 ms"),
            new("peak memory", $"{memory:F0} MB", "300 MB"),
            new("reading the whole mission back at its end", $"{resumed.TotalSeconds:F2} s", "2 s"),
        ];
    }

    private static Store Open(string file) => Store.Open(new SqliteDialect(file), TimeProvider.System, [RunSchema.Tables]);

    private static async Task Replay(Store store, string id)
    {
        var report = await MissionReplay.Report(new RunEngine(store, TimeProvider.System), id);
        if (report.Units.Count(u => u.Status == "landed") != Units) throw new InvalidOperationException("The mission did not land all its units.");
    }

    private static Workflow<MissionRequest, int> Workflow() => new(MissionWorkflow.Name, MissionJson.Default, async (run, request) =>
    {
        await using var driver = new MissionDriver(new MadeUpEffects(Plan()), TimeProvider.System);
        var start = request.Start(await run.Now("began"));
        return (await MissionLoop.Run(run, new MissionWorld(driver), start)).Landings.Count;
    });

    private static RunSettings Settings => new([]);

    private static MissionRequest Request => new()
    {
        Objective = "measure",
        Base = "base",
        Green = "green",
        Verification = VerificationPlan.Of("true"),
        Settings = new MissionSettings { Workers = 100 },
    };

    private static IReadOnlyList<PlannedUnit> Plan() => Dependencies.Complete(
    [
        .. Enumerable.Range(1, Units).Select(i => new PlannedUnit
        {
            Id = $"u{i}",
            Title = $"Unit {i}",
            Description = "Something that has to be done.",
            Files = [$"src/f{i}.cs"],
            Priority = 1 + i % 3,
            DependsOn = i > 20 && i % 5 == 0 ? [$"u{i - 20}"] : [],
        }),
    ]);
}
