using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>Lets a program die with the thread that started it, where the system can do that.</summary>
internal static class DeathSignal
{
    private static readonly string? Setter = new[] { "/usr/bin/setpriv", "/bin/setpriv" }.FirstOrDefault(File.Exists);

    public static Launch Tie(Launch launch) => Setter is { } setpriv ? launch.Behind(setpriv, "--pdeathsig", "KILL", "--") : launch;
}
