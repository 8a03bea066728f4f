using System.Globalization;
using System.Text;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Redaction;
using Autopilot.Platform.Files;
using Autopilot.Rendering;

namespace Autopilot.Commands;

/// <summary>Tells of an error that nobody foresaw in a few calm words, and puts its details into a file of its own.</summary>
internal static class UnexpectedError
{
    private const int LongestWord = 300;
    private const int LongestMessage = 500;

    /// <param name="error">What was thrown.</param>
    /// <param name="args">The command line.</param>
    /// <param name="application">Where it happened.</param>
    /// <returns>The exit code.</returns>
    public static int Report(Exception error, IReadOnlyList<string> args, Application application)
    {
        var redactor = Redactor.FromEnvironment(application.Environment, application.Credentials);
        var cause = error is RunFailedException run ? run.InnerException! : error;
        // Each word by itself: cut short, a secret could no longer be told as one.
        var details = redactor.Redact(Details(cause, args.Select(redactor.Redact), application));
        application.Terminal.Fail($"Something unexpected went wrong: {Readable.Line(redactor.Redact(error.Message), LongestMessage)}");
        try
        {
            var file = FileFor(error, application);
            AtomicFile.Write(file, details);
            application.Terminal.Note($"The details are in {file}; secrets in it are masked.");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            application.Terminal.Note($"The details could not be written to a file ({redactor.Redact(denied.Message)}), so here they are:\n{details}");
        }

        application.Terminal.Note("What was recorded so far is kept. Try again, or look with 'autopilot doctor' whether something is wrong on this machine. If it happens again, report it with the details.");
        return ExitCodes.Failed;
    }

    private static string FileFor(Exception error, Application application)
    {
        var folder = error is RunFailedException run ? run.Folder : Path.Combine(application.Places.Home, "errors");
        var at = application.Clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.Combine(folder, $"error-{at}-{Guid.NewGuid().ToString("N")[..6]}.txt");
    }

    private static string Details(Exception error, IEnumerable<string> args, Application application)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"time:    {application.Clock.GetUtcNow():O}");
        text.AppendLine(CultureInfo.InvariantCulture, $"version: {ProductVersion.Text}");
        text.AppendLine(CultureInfo.InvariantCulture, $"system:  {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}");
        text.AppendLine(CultureInfo.InvariantCulture, $"folder:  {application.Folder}");
        text.AppendLine(CultureInfo.InvariantCulture, $"command: autopilot {string.Join(' ', args.Select(Word))}");
        for (var (at, depth) = ((Exception?)error, 0); at is not null; at = at.InnerException, depth++)
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{(depth == 0 ? "error" : "caused by")}: {at.GetType().FullName}: {at.Message}").AppendLine(at.StackTrace);
        return text.ToString();
    }

    /// <summary>A long prompt says no more about an error than its beginning.</summary>
    private static string Word(string word)
    {
        var shown = word.Length <= LongestWord ? word : word[..LongestWord] + $"... ({word.Length} characters)";
        return shown.AsSpan().ContainsAny(" \t\n\"'") ? $"'{shown.Replace("'", "'\\''", StringComparison.Ordinal)}'" : shown;
    }
}
