using System.Globalization;
using Autopilot.Commands;
using Autopilot.Commands.Governor.Audit;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Platform.Sandbox;
using Autopilot.Rendering;

namespace Autopilot;

internal static class Program
{
    private static Task<int> Main(string[] args) => AtOnce(args) is { } code ? Task.FromResult(code) : Run(args);

    /// <summary>What scripts, prompts and editors ask all the time is answered before anything else is loaded.</summary>
    /// <returns>Null for everything else.</returns>
    private static int? AtOnce(string[] args)
    {
        if (args is [SandboxEntry.Word, .. var entry]) return SandboxEntry.Run(entry);
        if (args is not (["--version"] or ["session", "list"] or [AuditWriter.Word, _])) return null;
        using var terminal = Terminal.OfProcess();
        if (args[0] == AuditWriter.Word) return AuditWriter.Run(new Application(terminal, TimeProvider.System), int.Parse(args[1], CultureInfo.InvariantCulture));
        if (args.Length > 1) return ListSessions(args, new Application(terminal, TimeProvider.System));
        terminal.Result(ProductVersion.Text);
        return 0;
    }

    private static int? ListSessions(string[] args, Application application)
    {
        try
        {
            return ListSessionsCommand.AtOnce(application);
        }
        catch (Exception error)
        {
            return UnexpectedError.Report(error, args, application);
        }
    }

    private static async Task<int> Run(string[] args)
    {
        using var terminal = Terminal.OfProcess();
        var application = new Application(terminal, TimeProvider.System);
        using var background = new BackgroundErrors(args, application, Environment.Exit);
        return await CommandLine.Run(args, application);
    }
}
