using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Commands.Governor.Audit;

/// <summary>Switches on and off as fast as the disk takes it, and says each reason once it is durable: what the audit kills in the middle.</summary>
internal static class AuditWriter
{
    /// <summary>As the program's first word. Two hundred of them start in an audit, so nothing is loaded that it does not need.</summary>
    public const string Word = "__audit-writer";

    public static int Run(Application application, int count)
    {
        var desk = new GovernorDesk(application);
        for (var i = 0; i < count; i++)
        {
            var decision = desk.Machine.Request(new ModeRequest(desk.Caller.Actor, i % 2 == 0 ? Mode.OnPermanent : Mode.Off, $"{Environment.ProcessId}/{i}"), desk.Caller);
            if (!decision.IsAllowed) return desk.Refused(decision.Refusal!);
            application.Terminal.Result($"{Environment.ProcessId}/{i}");
            application.Terminal.Output.Flush();
        }

        return ExitCodes.Done;
    }
}
