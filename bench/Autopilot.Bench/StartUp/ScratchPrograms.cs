using System.Diagnostics;

// Whole processes are what is measured here, so they are started as a shell would start them.
#pragma warning disable RS0030

namespace Autopilot.Bench.StartUp;

/// <summary>The programs that are compared, and a scratch folder with runs in it.</summary>
internal sealed class ScratchPrograms : IDisposable
{
    private static readonly string Repository = FindRepository();
    private readonly string folder = Directory.CreateTempSubdirectory("autopilot-bench-").FullName;

    public static string Launcher => Path.Combine(Repository, "autopilot");

    /// <summary>The assemblies of the program, not yet compiled ahead.</summary>
    public static string Assemblies => Path.Combine(Repository, "artifacts", "launch", "bin", "Autopilot", "release");

    /// <summary>What the program is compiled ahead with.</summary>
    public static string Profile => Path.Combine(Repository, "eng", "program.mibc");

    private string Place => Path.Combine(folder, "runs");

    /// <summary>The program as the launcher has built it.</summary>
    public static string Published()
    {
        Run(Repository, Launcher, "--version");
        var build = File.ReadLines(Path.Combine(Repository, "artifacts", "program", "stamp")).First();
        return Path.Combine(Repository, "artifacts", "program", build, "autopilot");
    }

    public string PublishEmpty()
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        File.WriteAllText(Path.Combine(project, "empty.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization><TieredPGO>false</TieredPGO></PropertyGroup>
            <Import Project="{Path.Combine(Repository, "eng", "Launcher.targets")}" /></Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), "System.Console.WriteLine(\"empty\");");
        Run(project, "dotnet", "publish", "--use-current-runtime", "-o", "out", "-v", "q");
        return Path.Combine(project, "out", "empty");
    }

    /// <summary>The program as the launcher would have built it without a profile.</summary>
    public string PublishPlain()
    {
        var place = Folder("plain");
        Run(Repository, "dotnet", "publish", "src/Autopilot", "-c", "Release", "--use-current-runtime", "--artifacts-path", Path.Combine(Repository, "artifacts", "launch"), "-p:ForLauncher=true", "-p:Profiled=false", "-o", place, "-v", "q");
        return Path.Combine(place, "autopilot");
    }

    /// <summary>Runs a program that says which methods it compiles meanwhile.</summary>
    /// <returns>The file with them.</returns>
    public string MapOf(string where, string program, string[] arguments)
    {
        var maps = Folder($"maps-{Guid.NewGuid():N}");
        Run(where, "env", ["DOTNET_PerfMapEnabled=1", "DOTNET_PerfMapShowOptimizationTiers=1", $"DOTNET_PerfMapJitDumpPath={maps}", program, .. arguments]);
        return Directory.EnumerateFiles(maps, "perf-*.map").MaxBy(f => new FileInfo(f).Length) ?? throw new InvalidOperationException($"{program} wrote no map.");
    }

    /// <summary>Real runs of an agent that answers at once.</summary>
    public void MakeRuns(string program, int count)
    {
        Directory.CreateDirectory(Place);
        for (var i = 0; i < count; i++) Run(Place, program, "run", "--agent", "command", "--command", "/bin/true", $"Task number {i}");
    }

    /// <summary>A folder of this name in the scratch folder.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>Milliseconds from start to exit.</summary>
    public double Time(string file, string[] arguments) => TimeIn(Place, file, arguments);

    /// <inheritdoc cref="Time"/>
    public double TimeIn(string where, string file, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        Run(where, file, arguments);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Run(string where, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
    }

    private static string FindRepository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Autopilot.slnx"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException($"No Autopilot.slnx above {AppContext.BaseDirectory}.");
    }
}
