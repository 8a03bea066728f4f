using System.Globalization;
using Autopilot.Platform.Processes;

namespace Autopilot.Platform.Sandbox;

/// <summary>bubblewrap, on Linux.</summary>
public sealed class BubblewrapSandbox(string bubblewrap) : ISandbox
{
    // Doors to the host that a variable would point at.
    private static readonly string[] HostDoors = ["DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "GPG_AGENT_INFO", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY", "DOCKER_HOST"];
    private static readonly string? LimitSetter = new[] { "/usr/bin/prlimit", "/bin/prlimit" }.FirstOrDefault(File.Exists);

    // Before Linux 5.14 all processes and threads of the user counted, with those outside: nobody on a busy desktop could fork inside.
    private static bool CountsInside => System.Environment.OSVersion.Version >= new Version(5, 14);

    // The runtime of the first program finds itself by these, and needs no doors for debuggers.
    private static readonly string[] RuntimeRoots = ["DOTNET_ROOT"];

    public ProcessSpec Wrap(ProcessSpec spec, SandboxPolicy policy, SandboxDoor? door = null, Decoys? decoys = null)
    {
        var program = ExecutableLookup.Find(spec.Executable, spec.Environment, spec.WorkingDirectory)
            ?? throw new ExecutableNotFoundException(spec.Executable, "no such executable");
        string[] command = [.. Limits(policy), program, .. spec.Arguments];
        var environment = Inside(spec.Environment, door);
        var init = new SandboxInit();
        return spec with
        {
            Executable = bubblewrap,
            Arguments = [.. BubblewrapArguments.For(policy, MountPlan.For(policy), spec.WorkingDirectory, door?.Path, decoys is null ? null : decoys.For), .. init.Arguments(door is null ? command : Entered(policy.Entry!, door, environment, command))],
            Environment = environment,
            // bubblewrap itself and the init.
            Wrappers = 2,
            ToldSurvivors = init.Read,
            MaxProcesses = policy.MaxProcesses,
        };
    }

    private static IEnumerable<string> Entered(string entry, SandboxDoor door, Dictionary<string, string> environment, string[] command)
    {
        if (PerlEntry.Arguments(door, environment, command) is { } quick) return quick;
        var added = RuntimeRoots.Where(name => System.Environment.GetEnvironmentVariable(name) is not null && !environment.ContainsKey(name)).ToList();
        foreach (var name in added) environment[name] = System.Environment.GetEnvironmentVariable(name)!;
        if (environment.TryAdd("DOTNET_EnableDiagnostics", "0")) added.Add("DOTNET_EnableDiagnostics");
        return [entry, .. SandboxEntry.Arguments(door.Ports, door.Filter, added, command)];
    }

    private static Dictionary<string, string> Inside(IReadOnlyDictionary<string, string> environment, SandboxDoor? door)
    {
        var inside = environment.Where(pair => !HostDoors.Contains(pair.Key)).ToDictionary();
        inside["TMPDIR"] = "/tmp";
        foreach (var (name, value) in door?.Variables() ?? []) inside[name] = value;
        return inside;
    }

    private static IEnumerable<string> Limits(SandboxPolicy policy)
    {
        if (LimitSetter is null || (policy.MaxFileBytes ?? policy.MaxProcesses) is null) yield break;
        yield return LimitSetter;
        if (policy.MaxFileBytes is { } bytes) yield return string.Create(CultureInfo.InvariantCulture, $"--fsize={bytes}");
        if (policy.MaxProcesses is { } count && CountsInside) yield return string.Create(CultureInfo.InvariantCulture, $"--nproc={count}");
        yield return "--core=0";
        yield return "--";
    }
}
