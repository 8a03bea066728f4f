using System.Globalization;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>Lets a program die with the thread that started it, where the system can do that.</summary>
internal static class DeathSignal
{
    private static readonly string? Setter = new[] { "/usr/bin/setpriv", "/bin/setpriv" }.FirstOrDefault(File.Exists);

    // Whoever died before the signal was asked for sends none: then the program does not begin at all.
    private const string UnlessOrphaned = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";

    public static Launch Tie(Launch launch) => Setter is { } setpriv
        ? launch.Behind(setpriv, "--pdeathsig", "KILL", "--", "/bin/sh", "-c", UnlessOrphaned, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        : launch;
}
