using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;

namespace Autopilot.Commands;

/// <summary>Counts what went wrong in a command, where there is a governor's folder to count in.</summary>
internal static class CountedFailure
{
    public const string Name = "autopilot_failures_total";

    /// <param name="kind">Of a command that ended in an error: user, configuration, run or unexpected.</param>
    /// <param name="where">What it happened to.</param>
    public static async Task Add(Application application, string kind, string where = "command")
    {
        // A slip at the very first command is no reason to make a folder, and where there is no place for one, that is the error.
        if (GovernorHome.TryResolve(application.Environment) is not { } home || !Directory.Exists(home.Path)) return;
        try
        {
            await using var ledger = LedgerSchema.Open(home, application.Clock);
            ledger.Hurry();
            await using var counters = new Counters(ledger, application.Terminal.Note);
            counters.Add(Name, $"where=\"{where}\",kind=\"{kind}\"");
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException)
        {
            application.Terminal.Note($"The error could not be counted: {error.Message}");
        }
    }
}
