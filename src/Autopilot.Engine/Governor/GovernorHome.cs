using Autopilot.Core;

namespace Autopilot.Engine.Governor;

/// <summary>The folder of what is shared by all repositories of a user: the governor's state. Agents can neither see nor write it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="NamedKillFile">Another file that pulls the kill switch for those who know its name; null for none.</param>
public sealed record GovernorHome(string Path, string? NamedKillFile = null)
{
    /// <summary>Its existence is the pulled kill switch, for every process of this home.</summary>
    public string KillFile => System.IO.Path.Combine(Path, "stop");

    /// <summary>The existence of any of them is the pulled kill switch.</summary>
    public IReadOnlyList<string> KillFiles => NamedKillFile is { } named && named != KillFile ? [KillFile, named] : [KillFile];

    public string Journal => System.IO.Path.Combine(Path, "mode.journal");

    /// <summary>The last acknowledged line of the journal, by which a cut tail is noticed and restored.</summary>
    public string Snapshot => System.IO.Path.Combine(Path, "mode.snapshot");

    public string Lock => System.IO.Path.Combine(Path, "mode.lock");

    public string Ledger => System.IO.Path.Combine(Path, "ledger.db");

    /// <summary>The live processes that are supervised, one small file each.</summary>
    public string Processes => System.IO.Path.Combine(Path, "processes");

    /// <summary>AUTOPILOT_HOME, else XDG_STATE_HOME/autopilot, else ~/.local/state/autopilot; what AUTOPILOT_KILL_FILE names pulls the kill switch as <c>stop</c> in it does.</summary>
    /// <exception cref="UserErrorException">None of the variables is set, HOME included.</exception>
    public static GovernorHome Resolve(IReadOnlyDictionary<string, string> environment) => TryResolve(environment)
        ?? throw new UserErrorException("There is no place for Autopilot's state: set HOME, XDG_STATE_HOME or AUTOPILOT_HOME to a folder of yours.");

    /// <returns>As <see cref="Resolve"/>; null where none of the variables is set.</returns>
    public static GovernorHome? TryResolve(IReadOnlyDictionary<string, string> environment) => Folder(environment) is { } folder
        ? new GovernorHome(System.IO.Path.GetFullPath(folder), Value(environment, "AUTOPILOT_KILL_FILE") is { } named ? System.IO.Path.GetFullPath(named) : null)
        : null;

    private static string? Folder(IReadOnlyDictionary<string, string> environment)
    {
        if (Value(environment, "AUTOPILOT_HOME") is { } own) return own;
        if (Value(environment, "XDG_STATE_HOME") is { } state) return System.IO.Path.Combine(state, "autopilot");
        return Value(environment, "HOME") is { } home ? System.IO.Path.Combine(home, ".local", "state", "autopilot") : null;
    }

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
