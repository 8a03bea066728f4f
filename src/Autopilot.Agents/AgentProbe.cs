using System.Collections.Concurrent;

using Autopilot.Agents.Launching;
using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;

namespace Autopilot.Agents;

/// <summary>Looks whether agents are installed, and in which version. Answers are kept as long as the program file is the same.</summary>
internal sealed class AgentProbe(AgentShell shell)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<(string Path, DateTime Written), string?> versions = new();

    public async Task<AgentPresence> Look(IAgentAdapter adapter, AgentSettings settings, CancellationToken cancellation)
    {
        var folder = Directory.GetCurrentDirectory();
        var plan = Plan(adapter, settings, folder);
        var (found, advice) = Find(adapter, settings);
        if (found is not { } executable) return new(settings.Name, settings.Kind, null, null, advice);
        // A command of the user's is not asked: nobody knows what it does with an argument it does not expect.
        var version = adapter.Traits(settings).ExitCodeDecides ? null : await Version(executable, plan.Environment, folder, cancellation);
        return new(settings.Name, settings.Kind, executable, version, null);
    }

    /// <summary>Where the program is, or how to get it.</summary>
    public (string? Executable, string? Advice) Find(IAgentAdapter adapter, AgentSettings settings)
    {
        var folder = Directory.GetCurrentDirectory();
        var plan = Plan(adapter, settings, folder);
        var found = ExecutableSearch.Find(plan.Executable, plan.Environment.GetValueOrDefault("PATH"), shell.Home, folder);
        return (found, found is null ? $"There is no executable '{plan.Executable}'. {adapter.Traits(settings).HowToInstall}" : null);
    }

    private LaunchPlan Plan(IAgentAdapter adapter, AgentSettings settings, string folder) =>
        adapter.Plan(new AgentRequest { Prompt = "-", Workspace = folder }, settings, shell.Surroundings(Path.GetTempPath(), sandboxed: false));

    private async Task<string?> Version(string executable, IReadOnlyDictionary<string, string> environment, string folder, CancellationToken cancellation)
    {
        var key = (executable, File.GetLastWriteTimeUtc(executable));
        if (versions.TryGetValue(key, out var known)) return known;
        string? first = null;
        var spec = new ProcessSpec
        {
            Executable = executable,
            Arguments = ["--version"],
            WorkingDirectory = folder,
            Environment = environment,
            WallClockLimit = limit,
            OnOutput = line =>
            {
                first ??= line.ToString().Trim();
                return ValueTask.CompletedTask;
            },
        };
        await using var process = await shell.Processes.Start(spec, cancellation);
        var exit = await process.Completion;
        return versions[key] = exit.Code == 0 ? first : null;
    }
}
