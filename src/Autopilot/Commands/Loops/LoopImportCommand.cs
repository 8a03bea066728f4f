using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Workflows.Loops.Importing;

namespace Autopilot.Commands.Loops;

/// <summary><c>autopilot loop import</c></summary>
internal static class LoopImportCommand
{
    public static Command Build(Application application)
    {
        var folder = CommonOptions.Folder();
        var command = new Command("import", "Show what autoloop left here: its runs, and its configuration in our words.") { folder };
        command.SetAction(parsed => Show(application, application.FolderOr(parsed.GetValue(folder))));
        return command.WithExamples("autopilot loop import", "autopilot loop --resume --run-id run-20260429T101112Z-1a2b3c4d");
    }

    private static int Show(Application application, string folder)
    {
        var terminal = application.Terminal;
        var runs = AutoloopState.Runs(folder);
        foreach (var run in runs)
            terminal.Result($"{run.TaskId}  {run.RunId}  {run.Status}{(run.ParentId is { } parent ? $"  follow-up of {parent}" : "")}{(run.IsResumable ? $"  resume with: autopilot loop --resume --run-id {run.RunId}" : "")}");
        if (AutoloopConfiguration.Find(folder) is { } file) terminal.Result((runs.Count > 0 ? "\n" : "") + AutoloopConfiguration.Translate(file).TrimEnd());
        else if (runs.Count == 0) terminal.Result("(nothing found)");
        return ExitCodes.Done;
    }
}
