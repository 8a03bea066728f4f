using Autopilot.Commands.Governor.Audit;

namespace Autopilot.Commands.Governor;

/// <summary>The commands of the governor, in the order in which help lists them.</summary>
internal static class GovernorCommands
{
    public static IReadOnlyList<CommandEntry> Entries { get; } =
    [
        new("on", "Let unattended work run until you switch it off.", ModeCommands.On),
        new("off", "Stop unattended work and let none begin.", ModeCommands.Off),
        new("temp", "Let unattended work run for a while.", ModeCommands.Temporary),
        new("status", "Show the mode, the kill switch and what was asked of the governor last.", StatusCommand.Build),
        new("kill", "Pull the kill switch: everything stops at once and nothing begins.", KillCommands.Kill),
        new("unkill", "Release the kill switch.", KillCommands.Unkill),
        new("budget", "Show what was spent, is reserved and is left.", BudgetCommand.Build),
        new("counters", "Show how often transitions, refusals, repairs and the like happened.", CountersCommand.Build),
        new("approvals", "List, show and answer what runs wait for a person to decide.", ApprovalsCommand.Build),
        new("import-state", ImportStateCommand.Summary, ImportStateCommand.Build),
        new("audit", "Prove the invariants against this very program, apart from the live state.", AuditCommand.Build),
    ];
}
