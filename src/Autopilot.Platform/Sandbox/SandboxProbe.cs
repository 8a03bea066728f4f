using Autopilot.Platform.Files;
using Autopilot.Platform.Processes;

namespace Autopilot.Platform.Sandbox;

/// <summary>Finds out, by trying it, whether this machine can sandbox.</summary>
public static class SandboxProbe
{
    private static readonly Dictionary<string, string> SearchPath = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin" };

    public static async Task<SandboxSupport> Run(IProcessSupervisor supervisor, CancellationToken cancellation)
    {
        if (OperatingSystem.IsMacOS())
            return File.Exists(SeatbeltSandbox.Executable) ? new(new SeatbeltSandbox(), "seatbelt") : new(null, $"{SeatbeltSandbox.Executable} is missing");
        if (ExecutableLookup.Find("bwrap", SearchPath, "/") is not { } bubblewrap)
            return new(null, "bubblewrap is not installed; install the package 'bubblewrap' (apt, dnf, pacman or apk)");
        return await Try(supervisor, new BubblewrapSandbox(bubblewrap), bubblewrap, cancellation);
    }

    private static async Task<SandboxSupport> Try(IProcessSupervisor supervisor, BubblewrapSandbox sandbox, string bubblewrap, CancellationToken cancellation)
    {
        var folder = ScratchSpace.NewFolder("probe").FullName;
        try
        {
            var spec = new ProcessSpec { Executable = "/bin/sh", Arguments = ["-c", "exit 0"], WorkingDirectory = folder, Environment = SearchPath, WallClockLimit = TimeSpan.FromSeconds(20) };
            await using var process = await supervisor.Start(sandbox.Wrap(spec, new SandboxPolicy { Workspace = folder }), cancellation);
            var exit = await process.Completion;
            return exit.Code == 0 ? new(sandbox, bubblewrap) : new(null, Explain(bubblewrap, exit));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static string Explain(string bubblewrap, ProcessExit exit) =>
        $"{bubblewrap} does not work here: {string.Join(' ', exit.ErrorTail)}. User namespaces may be forbidden (sysctl kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, user.max_user_namespaces, or a container without the right to make them), or it is older than 0.8.";
}
