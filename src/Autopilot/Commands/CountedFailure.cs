using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;

namespace Autopilot.Commands;

/// <summary>Counts a command that ended in an error, where there is a governor's folder to count in.</summary>
internal static class CountedFailure
{
    public const string Name = "autopilot_failures_total";

    /// <param name="kind">user, configuration, run or unexpected.</param>
    public static async Task Add(Application application, string kind)
    {
        var home = GovernorHome.Resolve(application.Environment);
        // A slip at the very first command is no reason to make a folder.
        if (!Directory.Exists(home.Path)) return;
        try
        {
            await using var ledger = LedgerSchema.Open(home, application.Clock);
            await using var counters = new Counters(ledger, application.Terminal.Note);
            counters.Add(Name, $"where=\"command\",kind=\"{kind}\"");
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException)
        {
            application.Terminal.Note($"The error could not be counted: {error.Message}");
        }
    }
}
