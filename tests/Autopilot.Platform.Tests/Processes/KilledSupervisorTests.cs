using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Native;
using Autopilot.Platform.Processes.Survivors;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Processes;

/// <summary>What lives on when the supervisor itself is killed with KILL: nothing, at the latest after the next start.</summary>
public sealed class KilledSupervisorTests : IDisposable
{
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System, containment: ContainmentKind.Group);
    private readonly TemporaryFolder folder = new();
    private readonly string word = "word-" + Guid.NewGuid().ToString("N");

    public void Dispose()
    {
        supervisor.Dispose();
        folder.Dispose();
    }

    [SkippableFact]
    public async Task With_a_namespace_nothing_lives_on()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var tree = await KillHost(ContainmentKind.Namespace);
        foreach (var member in tree)
        {
            using var handle = ProcessHandle.Open(member);
            Assert.True(handle?.AwaitEnd(Shell.Patience) ?? true);
        }
        Assert.Empty(new ProcessRegistry(folder.Path).EndSurvivors());
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [SkippableFact]
    public async Task Of_a_tool_in_the_shared_namespace_nothing_lives_on_either()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var tree = await KillHost(ContainmentKind.Namespace, "tool");
        foreach (var member in tree)
        {
            using var handle = ProcessHandle.Open(member);
            Assert.True(handle?.AwaitEnd(Shell.Patience) ?? true);
        }
    }

    [SkippableFact]
    public async Task Without_one_the_next_start_ends_what_does()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        var tree = await KillHost(ContainmentKind.Subreaper);
        var ended = new ProcessRegistry(folder.Path).EndSurvivors();
        Assert.Contains(ended, survivor => survivor.Command.Contains(word, StringComparison.Ordinal));
        Assert.All(ended, survivor => Assert.EndsWith("/sh", survivor.StartedFor));
        Assert.DoesNotContain(tree, member => ProcessStat.Read(member.Pid) is { IsZombie: false } stat && stat.Identity == member);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task The_processes_of_a_living_supervisor_are_left_alone()
    {
        await using var host = await StartHost(ContainmentKind.Subreaper);
        Assert.Empty(new ProcessRegistry(folder.Path).EndSurvivors());
        Assert.NotEmpty(Directory.EnumerateFiles(folder.Path));
        Assert.NotEmpty(Marked());
        await host.Stop("done");
        new ProcessRegistry(folder.Path).EndSurvivors();
        Assert.Empty(Marked());
    }

    [Fact]
    public void Files_that_are_no_entries_do_no_harm()
    {
        folder.Write("torn.json", "{\"Machine\":");
        folder.Write("empty.json", "");
        Assert.Empty(new ProcessRegistry(folder.Path).EndSurvivors());
        Assert.Empty(new ProcessRegistry(folder["missing"]).EndSurvivors());
    }

    private async Task<List<ProcessIdentity>> KillHost(ContainmentKind kind, params string[] more)
    {
        await using var host = await StartHost(kind, more);
        var tree = Marked();
        Assert.True(tree.Count >= 2, $"{tree.Count} processes");
        LibC.Kill(host.Id, Signals.Kill);
        Assert.Equal(9, (await host.Completion.WaitAsync(Shell.Patience)).Signal);
        return tree;
    }

    // Supervised by its group only, so that nothing but the host's own measures ends what the host has started.
    private async Task<ISupervisedProcess> StartHost(ContainmentKind kind, params string[] more)
    {
        var script = $"(setsid sh -c 'trap \"\" TERM HUP; while :; do sleep 600; done; : {word}' >/dev/null 2>&1 &) ; sleep 0.2; echo ready; while :; do sleep 600; done; : {word}";
        var (process, line) = await Shell.StartAndRead(supervisor, new ProcessSpec
        {
            Executable = Path.Combine(AppContext.BaseDirectory, "Autopilot.ProcessHost"),
            Arguments = [kind.ToString(), folder.Path, script, .. more],
            WorkingDirectory = "/",
            Environment = HostEnvironment(),
        });
        Assert.Equal("ready", line);
        return process;
    }

    private static Dictionary<string, string> HostEnvironment()
    {
        var environment = new Dictionary<string, string>(Shell.Environment);
        if (Path.GetDirectoryName(Environment.ProcessPath) is { } runtime) environment["DOTNET_ROOT"] = runtime;
        return environment;
    }

    private List<ProcessIdentity> Marked() =>
        [.. ProcessTable.Read().All.Where(process => CommandOf(process.Pid).Contains(word, StringComparison.Ordinal) && !CommandOf(process.Pid).Contains("ProcessHost", StringComparison.Ordinal)).Select(process => process.Identity)];

    private static string CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
