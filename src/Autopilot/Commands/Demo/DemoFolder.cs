using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes;

namespace Autopilot.Commands.Demo;

/// <summary>The temporary folder in which a demo happens, with the repository as a user would have it.</summary>
internal sealed class DemoFolder(Application application, IProcessSupervisor processes, string? agent)
{
    public const string Green = "autopilot/green";

    private readonly GitCommand git = new(processes, application.Environment, new GitIdentity("Demo", "demo@localhost"));

    public string Path { get; } = Directory.CreateTempSubdirectory("autopilot-demo-").FullName;

    public string Repository => System.IO.Path.Combine(Path, "words");

    public string Clone => System.IO.Path.Combine(Path, "clean-clone");

    /// <summary>What the program gets: with scripted agents nothing of the user's own, so that a demo neither reads nor leaves anything elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var kept = new[] { "PATH", "TMPDIR", "LANG", "DOTNET_ROOT", ProcessSupervisor.MarkerVariable };
            var own = application.Environment.Where(v => agent is not null || kept.Contains(v.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
            if (agent is not null) return own;
            own["HOME"] = Directory.CreateDirectory(System.IO.Path.Combine(Path, "home")).FullName;
            own["AUTOPILOT_HOME"] = System.IO.Path.Combine(Path, "state");
            return own;
        }
    }

    private string Cache => System.IO.Path.Combine(Path, "cache");

    public async Task Prepare(CancellationToken cancellation)
    {
        DemoScene.WriteRepository(Repository, agent is null ? System.IO.Path.Combine(Directory.CreateDirectory(Cache).FullName, "warm") : null);
        DemoScene.WriteAgent(System.IO.Path.Combine(Path, "scripted-agent"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(Repository, "autopilot.yaml"), agent is null ? Scripted : Real, cancellation);
        await Git(["init", "--quiet", "--initial-branch", "main"], cancellation);
        await Git(["add", "--all"], cancellation);
        await Git(["commit", "--quiet", "--message", "Small tools for words"], cancellation);
    }

    /// <summary>What of the user's repository must not change: HEAD, the branch, the index and the files.</summary>
    public async Task<string> Checkout(CancellationToken cancellation) =>
        await Git(["rev-parse", "HEAD", "--symbolic-full-name", "HEAD"], cancellation) + await Git(["status", "--porcelain=v2", "--untracked-files=all"], cancellation);

    /// <summary>Green's own line, the oldest last.</summary>
    /// <exception cref="UserErrorException">Nothing landed.</exception>
    public async Task<string> Log(CancellationToken cancellation)
    {
        var exists = await git.Try(Repository, ["rev-parse", "--quiet", "--verify", "refs/heads/" + Green], cancellation);
        return exists.Succeeded ? await Git(["log", "--first-parent", "--format=%h %s", Green], cancellation) : throw new UserErrorException("Nothing has landed, so there is no green branch to look at. What the mission said is above.", ExitCodes.Failed);
    }

    /// <summary>Clones green and runs the check there, as anybody could.</summary>
    public async Task<(bool Passed, string Output)> CheckCleanClone(CancellationToken cancellation)
    {
        await Git(["clone", "--quiet", "--branch", Green, ".", Clone], cancellation);
        var lines = new List<string>();
        var spec = new ProcessSpec
        {
            Executable = "./check",
            WorkingDirectory = Clone,
            Environment = Environment,
            WallClockLimit = TimeSpan.FromMinutes(1),
            OnOutput = line => Keep(lines, line),
        };
        await using var process = await processes.Start(spec, cancellation);
        return ((await process.Completion).Code == 0, string.Join('\n', lines));
    }

    private static ValueTask Keep(List<string> lines, OutputLine line)
    {
        lines.Add(line.ToString());
        return ValueTask.CompletedTask;
    }

    private async Task<string> Git(string[] arguments, CancellationToken cancellation)
    {
        var result = await git.Try(Repository, arguments, cancellation);
        return result.Succeeded ? result.Output : throw new UserErrorException($"git {arguments[0]} failed in {Repository}: {result.Error}", ExitCodes.Failed);
    }

    private string Scripted => $"""
        agents:
          scripted: {"{"} kind: command, command: ["{Path}/scripted-agent"] {"}"}
        roles: {"{"} default: scripted {"}"}
        verify: ./check
        sandbox_writable: ["{Cache}"]
        # Short limits, because the agents of this demo take seconds.
        mission: {"{"} workers: 6, retry_delay: 1s, worker_silence: 4s, max_attempts: 6 {"}"}
        """ + "\n";

    private string Real => $"""
        roles: {"{"} default: {agent} {"}"}
        verify: ./check
        budget: {"{"} run: 5.00 {"}"}
        mission: {"{"} workers: 3, worker_silence: 5m, worker_time: 10m {"}"}
        """ + "\n";
}
