using Autopilot.Bench.Missions;
using Autopilot.Bench.StartUp;

namespace Autopilot.Bench.Profiling;

/// <summary>Makes <c>eng/program.mibc</c>: what the program still compiles while it runs, when it is published without a profile.</summary>
internal static class ProgramProfile
{
    public static void Write()
    {
        using var scratch = new ScratchPrograms();
        var program = scratch.PublishPlain();
        var repository = ShortMissionBenchmark.Repository(scratch);
        var compiled = Runs.SelectMany(arguments => CompiledMethod.In(scratch.MapOf(repository, program, arguments))).Distinct().ToList();
        var finder = new MethodFinder(ScratchPrograms.Assemblies);
        var methods = compiled.SelectMany(finder.Find).Distinct().ToList();
        ProfileFile.Write(methods, ScratchPrograms.Profile);
        Console.WriteLine($"{ScratchPrograms.Profile}: {methods.Count} methods.");
    }

    private static IEnumerable<string[]> Runs =>
    [
        ["mission", "Reach it", "--verify", "true"],
        ["run", "Do it", "--agent", "command", "--command", "/bin/true"],
        ["status"],
        ["mission", "show"],
    ];
}
