using System.CommandLine;

namespace Autopilot.Commands;

/// <summary>Options that mean the same in every command that has them.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    /// <summary>Of every command that starts agents, with its subcommands.</summary>
    public static Option<bool> Unattended { get; } = new("--unattended") { Description = "No person started this: run only while the mode is on ('autopilot on'). For timers and schedulers; the same as AUTOPILOT_UNATTENDED=1.", Recursive = true };

    public static Option<string?> Folder() => new("--cwd", "-c") { Description = "Work in this folder instead of the current one.", HelpName = "FOLDER" };
}
