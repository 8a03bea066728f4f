using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Governor;

namespace Autopilot.Commands.Governor;

/// <summary><c>kill</c> and <c>unkill</c>: everything stops at once, whoever started it.</summary>
internal static class KillCommands
{
    public static Command Kill(Application application)
    {
        var reason = Reason();
        var command = new Command("kill", "Pull the kill switch: everything stops at once and nothing begins.") { reason };
        command.SetAction(parsed =>
        {
            var desk = new GovernorDesk(application);
            var change = desk.KillSwitch.Pull(parsed.GetValue(reason) ?? "", desk.Caller);
            return Told(desk, change, $"OK: kill switch pulled ({string.Join(", ", desk.KillSwitch.PulledBy)}). What was running can be resumed after 'autopilot unkill'.");
        });
        return command.WithExamples("autopilot kill --reason 'wrong branch'");
    }

    public static Command Unkill(Application application)
    {
        var reason = Reason();
        var command = new Command("unkill", "Release the kill switch.") { reason };
        command.SetAction(parsed =>
        {
            var desk = new GovernorDesk(application);
            return Told(desk, desk.KillSwitch.Release(parsed.GetValue(reason) ?? "", desk.Caller), "OK: kill switch released.");
        });
        return command.WithExamples("autopilot unkill");
    }

    private static int Told(GovernorDesk desk, KillSwitchChange change, string done)
    {
        if (change.Refusal is { } refusal) return desk.Refused(refusal);
        desk.Application.Terminal.Result(done);
        if (change.Unrecorded is { } missed) desk.Application.Terminal.Warn($"not recorded: {missed}");
        return ExitCodes.Done;
    }

    private static Option<string> Reason() => new("--reason") { Description = "Why; it is recorded and shown to whoever is stopped.", DefaultValueFactory = _ => "" };
}
