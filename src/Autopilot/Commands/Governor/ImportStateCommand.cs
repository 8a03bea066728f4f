using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Commands.Governor;

/// <summary><c>import-state</c>: takes over the mode and the history of Local Autopilot.</summary>
internal static class ImportStateCommand
{
    public const string Summary = "Take over the mode and its history from a state file of Local Autopilot.";

    public static Command Build(Application application)
    {
        var file = new Argument<string>("file") { Description = "The state file, usually ~/.context-dna/autopilot_state.json. It is not changed." };
        var command = new Command("import-state", Summary) { file };
        command.SetAction(parsed => Import(application, parsed.GetRequiredValue(file)));
        return command.WithExamples("autopilot import-state ~/.context-dna/autopilot_state.json");
    }

    private static int Import(Application application, string file)
    {
        var desk = new GovernorDesk(application);
        if (desk.Caller.Actor != Actor.User) return desk.RecordRefused(RefusalCodes.ImportIsUserOnly, "import", file);
        var imported = LocalAutopilotState.Parse(Read(Path.GetFullPath(file, application.Folder)), file);
        var (added, adopted, refusal) = desk.Machine.Import(imported, desk.Caller);
        var (theirs, ours) = (GovernanceNames.Of(imported.State.Mode), GovernanceNames.Of(desk.Machine.Read().Mode));
        application.Terminal.Result($"Imported {added} of {imported.History.Count} transitions; {imported.History.Count - added} were there already.");
        if (refusal is not null) application.Terminal.Note($"The mode is {ours}, not {theirs} as in the file ({refusal}). {RefusalCodes.Explain(refusal)}");
        else if (adopted && theirs != ours) application.Terminal.Note($"The file's temporary period is over, so the mode is {ours}.");
        else if (adopted) application.Terminal.Result($"The mode is {ours}, as in the file.");
        else if (theirs != ours) application.Terminal.Note($"The mode stays {ours}: it was set here. In the file it is {theirs}; 'autopilot on', 'temp' and 'off' change it.");
        return ExitCodes.Done;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The state file cannot be read: {error.Message}", inner: error);
        }
    }
}
