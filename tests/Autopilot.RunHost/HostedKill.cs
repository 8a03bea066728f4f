using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;

namespace Autopilot.RunHost;

/// <summary>Pulls the kill switch as the user. It says what could not be recorded.</summary>
internal static class HostedKill
{
    public static int Pull(string folder, string reason)
    {
        var home = GovernorHome.Resolve(new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTOPILOT_HOME"] = folder });
        var user = new Caller(Actor.User, new ProcessIdentity(Environment.ProcessId, 0, "host"), []);
        var change = new KillSwitch(home, new ModeMachine(home, TimeProvider.System)).Pull(reason, user);
        Console.Out.WriteLine(change.Unrecorded);
        return ExitCodes.Done;
    }
}
