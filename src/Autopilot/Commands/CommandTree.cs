using System.CommandLine;
using System.CommandLine.Help;
using Autopilot.Commands.Config;
using Autopilot.Commands.Demo;
using Autopilot.Commands.Doctor;
using Autopilot.Commands.Governor;
using Autopilot.Commands.Loops;
using Autopilot.Commands.Init;
using Autopilot.Commands.Repository;
using Autopilot.Commands.Missions;
using Autopilot.Commands.Sessions;
using Autopilot.Commands.Skills;
using Autopilot.Commands.Trajectories;
using Autopilot.Commands.Redact;
using Autopilot.Composition;

namespace Autopilot.Commands;

/// <summary>All commands, in the order in which help lists them. A new command is one line here.</summary>
internal static class CommandTree
{
    public static IReadOnlyList<CommandEntry> Entries { get; } =
    [
        new("demo", DemoCommand.Summary, DemoCommand.Build),
        new("init", InitCommand.Summary, InitCommand.Build),
        new("run", RunCommand.Summary, RunCommand.Build),
        new("resume", ResumeCommand.Summary, ResumeCommand.Build),
        new("mission", MissionCommand.Summary, MissionCommand.Build),
        new("loop", LoopCommand.Summary, LoopCommand.Build),
        new("session", SessionCommand.Summary, SessionCommand.Build),
        new("undo", UndoCommand.Summary, UndoCommand.Build),
        new("workspaces", WorkspacesCommand.Summary, WorkspacesCommand.Build),
        new("doctor", DoctorCommand.Summary, DoctorCommand.Build),
        new("config", ConfigCommand.Summary, ConfigCommand.Build),
        .. GovernorCommands.Entries,
        new("analyze", AnalyzeCommand.Summary, AnalyzeCommand.Build),
        new("compare", CompareCommand.Summary, CompareCommand.Build),
        new("replay", ReplayCommand.Summary, ReplayCommand.Build),
        new("trajectory", TrajectoryCommand.Summary, TrajectoryCommand.Build),
        new("skill", SkillCommand.Summary, SkillCommand.Build),
        new("redact", RedactCommand.Summary, RedactCommand.Build),
    ];

    /// <summary>The root with every command listed, of which only the named one is built: start-up pays for one command, not for all.</summary>
    public static RootCommand Root(Application application, string? named)
    {
        var root = new RootCommand("Autopilot runs coding agents on a repository without supervision.");
        root.SetAction(parsed => new HelpWithExamples(new HelpAction()).Invoke(parsed));
        foreach (var entry in Entries)
            root.Add(string.Equals(entry.Name, named, StringComparison.Ordinal) ? entry.Build(application) : new Command(entry.Name, entry.Summary));
        return (RootCommand)root.WithExamples(
            "autopilot demo                                          # see it work: no key, no network",
            "autopilot doctor                                        # what is missing here, and what to do",
            "autopilot run \"Fix the failing test in tests/cart\"      # one task, one agent",
            "autopilot mission \"Add an export of orders as CSV\"      # an objective, several agents, verified commits",
            "autopilot COMMAND --help                                # every command explains itself");
    }
}
