using System.CommandLine;
using System.CommandLine.Help;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;

namespace Autopilot.Commands;

/// <summary>From words to an exit code: parses, invokes, and turns every way to fail into one clear message.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] args, Application application)
    {
        using var interruption = new Interruption(application.Terminal.Note);
        application.Interruption = interruption;
        application.Terminal.Redactor = () => application.Redactor;
        try
        {
            var parsed = Parse(args, application);
            if (MustReport(parsed)) return UsageErrors.Report(parsed, application.Terminal);
            application.Unattended |= parsed.GetValue(CommonOptions.Unattended);
            return await parsed.InvokeAsync(Invocation(application), interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            application.Terminal.Note("Stopped.");
            return code;
        }
        catch (UserErrorException error)
        {
            application.Terminal.Fail(error.Message);
            await CountedFailure.Add(application, "user");
            return error.ExitCode;
        }
        catch (ConfigurationException error)
        {
            foreach (var problem in error.Problems) application.Terminal.Fail(problem.ToString());
            await CountedFailure.Add(application, "configuration");
            return ExitCodes.Usage;
        }
        catch (PermitRefusedException refusal)
        {
            application.Terminal.Fail(refusal.Message);
            return refusal.IsBudget ? ExitCodes.BudgetExhausted : ExitCodes.Refused;
        }
        catch (Exception error) when (error is LeaseLostException or ReplayMismatchException)
        {
            application.Terminal.Fail(error.Message);
            await CountedFailure.Add(application, "run");
            return ExitCodes.Failed;
        }
        catch (Exception error)
        {
            var code = UnexpectedError.Report(error, args, application);
            await CountedFailure.Add(application, "unexpected");
            return code;
        }
    }

    private static ParseResult Parse(string[] args, Application application)
    {
        var root = CommandTree.Root(application, args.FirstOrDefault(a => !a.StartsWith('-')));
        if (args.Contains("--help") || args.Contains("-h") || args.Contains("-?"))
            foreach (var help in root.Options.OfType<HelpOption>())
                if (help.Action is HelpAction usual) help.Action = new HelpWithExamples(usual);
        // A prompt may begin with '@': it is text, never the name of a response file.
        return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static bool MustReport(ParseResult parsed) => parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true };

    /// <remarks>Signals and exceptions are handled here, by one rule for all commands, not by the library.</remarks>
    private static InvocationConfiguration Invocation(Application application) => new()
    {
        Output = application.Terminal.Output,
        Error = application.Terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
