namespace Autopilot.Core.Governance;

/// <summary>How whoever starts Autopilot says that no person did: a timer, a scheduler, a service, an agent.</summary>
/// <remarks>It has to be said: a script that a person started has no terminal either.</remarks>
public static class UnattendedWork
{
    /// <summary>Set, and neither empty nor <c>0</c> nor <c>false</c>, in the environment of what was started without a person.</summary>
    public const string Variable = "AUTOPILOT_UNATTENDED";

    public static bool IsSaidIn(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(Variable, out var said) && said is not ("" or "0") && !said.Equals("false", StringComparison.OrdinalIgnoreCase);
}
