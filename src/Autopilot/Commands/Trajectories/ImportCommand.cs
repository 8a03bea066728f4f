using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;

namespace Autopilot.Commands.Trajectories;

/// <summary><c>autopilot trajectory import</c>: turns session logs of others into records.</summary>
internal static class ImportCommand
{
    public static Command Build(Application application)
    {
        var path = new Argument<string?>("PATH") { Description = "A session log or recording, or a folder of them.", Arity = ArgumentArity.ZeroOrOne };
        var claude = new Option<bool>("--claude") { Description = "Import the sessions that Claude Code keeps under ~/.claude/projects (or CLAUDE_CONFIG_DIR)." };
        var codex = new Option<bool>("--codex") { Description = "Import the sessions that Codex keeps under ~/.codex/sessions (or CODEX_HOME)." };
        var output = new Option<string?>("--output", "-o") { Description = "The folder for the records; default .autopilot/imported here.", HelpName = "FOLDER" };
        var command = new Command("import", "Turn session logs of Claude Code and Codex, and recordings of older forms, into records. Secrets are masked; what was imported before is left as it is.") { path, claude, codex, output };
        command.SetAction((parsed, cancellation) =>
        {
            string[] sources = [.. Sources(application, parsed.GetValue(path), parsed.GetValue(claude), parsed.GetValue(codex))];
            if (sources.Length == 0) throw new UserErrorException("Name a file or folder to import, or give --claude or --codex.");
            var target = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(".autopilot", "imported"), application.Folder);
            return Task.FromResult(Run(application, sources, target, cancellation));
        });
        return command.WithExamples("autopilot trajectory import --claude", "autopilot trajectory import ~/.codex/sessions/2026/11 -o november", "autopilot analyze .autopilot/imported --aggregate");
    }

    private static IEnumerable<string> Sources(Application application, string? path, bool claude, bool codex)
    {
        var home = application.Environment.GetValueOrDefault("HOME") ?? application.Folder;
        if (path is not null) yield return Path.GetFullPath(path, application.Folder);
        if (claude) yield return Path.Combine(application.Environment.GetValueOrDefault("CLAUDE_CONFIG_DIR") ?? Path.Combine(home, ".claude"), "projects");
        if (codex) yield return Path.Combine(application.Environment.GetValueOrDefault("CODEX_HOME") ?? Path.Combine(home, ".codex"), "sessions");
    }

    private static int Run(Application application, string[] sources, string target, CancellationToken cancellation)
    {
        var redactor = SecretRedactor.FromEnvironment(application.Environment, Credentials.Values(application.Environment, application.Configuration(application.Folder)));
        var (imported, there, failed) = (0, 0, 0);
        foreach (var source in sources)
            foreach (var file in Files(source))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    if (Import(application, file, target, redactor)) imported++;
                    else there++;
                }
                catch (UserErrorException e) when (Directory.Exists(source))
                {
                    failed++;
                    application.Terminal.Warn(e.Message);
                }
            }
        if (imported + there == 0)
            throw new UserErrorException($"Nothing could be imported: {(failed > 0 ? $"none of {failed} files is a session log or recording" : $"there are no session logs in {string.Join(" or ", sources)}")}.", ExitCodes.Failed);
        application.Terminal.Note($"{imported} imported into {target}{(failed > 0 ? $", {failed} not" : "")}.");
        return ExitCodes.Done;
    }

    private static bool Import(Application application, string file, string folder, SecretRedactor redactor)
    {
        var target = Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + ".jsonl");
        if (File.Exists(target))
        {
            application.Terminal.Note($"{target} exists and is left as it is.");
            return false;
        }
        var report = new ReadReport(file);
        TrajectoryCopy.Write(TrajectoryFile.Read(file, report).Select(new SessionRedaction(redactor).Next), target);
        foreach (var problem in report.Problems) application.Terminal.Warn($"{file}: {problem}");
        application.Terminal.Result(target);
        return true;
    }

    private static IEnumerable<string> Files(string source)
    {
        if (!Directory.Exists(source)) return [source];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(source, "*.json*", options).Order(StringComparer.Ordinal);
    }
}
