// The program under test is started and awaited from outside, as a shell would do it: the supervisor is part of what is tested.
#pragma warning disable RS0030
using System.Diagnostics;
using System.Runtime.InteropServices;
using Autopilot.Testing;

namespace Autopilot.BlackBox.Tests;

/// <summary>The built program in a scratch repository, as a user has it: a process with arguments, an environment and exit codes.</summary>
internal sealed partial class Program : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    public Program(bool git = true)
    {
        Directory.CreateDirectory(Repository);
        if (!git) return;
        foreach (var arguments in new[] { "init -q", "-c user.name=t -c user.email=t@localhost commit -q --allow-empty -m first" })
            Assert.Equal(0, Wait(Launch("git", arguments.Split(' '))).Code);
    }

    public string Repository => folder["repo"];

    /// <summary>The home folder; made by whoever needs it.</summary>
    public string Home => folder["home"];

    /// <summary>Autopilot's own folder.</summary>
    public string State => folder["state"];

    public static string Executable => System.Environment.GetEnvironmentVariable("AUTOPILOT_TEST_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "autopilot");

    public string this[string relative] => Path.Combine(Repository, relative);

    /// <summary>A path in the scratch folder, outside the repository.</summary>
    public string Outside(string relative) => folder[relative];

    /// <summary>Variables besides the few that a bare environment has, or in their place.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes an executable script.</summary>
    public void Script(string name, string body)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], "#!/bin/sh\n" + body);
        File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public Ended Run(params string[] arguments) => Wait(Start(arguments));

    public Ended Git(params string[] arguments) => Wait(Launch("git", arguments));

    public Process Start(params string[] arguments) => Launch(Executable, arguments);

    /// <summary>Starts another program in the repository.</summary>
    public Process Tool(string file, params string[] arguments) => Launch(file, arguments);

    /// <summary>Lets everyone reach the repository, and nobody's own state be written.</summary>
    public void OpenToAll()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        foreach (var place in new[] { Home, folder["state"] })
            File.SetUnixFileMode(Directory.CreateDirectory(place).FullName, (UnixFileMode)0b111_111_111);
    }

    public static Ended Wait(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "the program did not end");
        return new Ended(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Reads stderr until a line shows that the program has come so far.</summary>
    public static void Await(Process process, string words)
    {
        while (process.StandardError.ReadLine() is { } line)
            if (line.Contains(words, StringComparison.Ordinal)) return;
        Assert.Fail($"The program ended without saying '{words}'.");
    }

    public static void Signal(Process process, int signal) => Assert.Equal(0, kill(process.Id, signal));

    /// <summary>The recordings of all runs, the oldest first.</summary>
    public string[] Recordings() => [.. Directory.GetFiles(this[".autopilot/runs"], "trajectory.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    public Process Launch(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment()) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    private Dictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal) { ["HOME"] = Home, ["AUTOPILOT_HOME"] = folder["state"] };
        foreach (var name in new[] { "PATH", "DOTNET_ROOT", "TMPDIR" })
            if (System.Environment.GetEnvironmentVariable(name) is { } value) variables.TryAdd(name, value);
        return variables;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
