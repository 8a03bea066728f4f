using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;

namespace Autopilot.Commands.Sessions;

/// <summary><c>autopilot session list</c></summary>
internal static class ListSessionsCommand
{
    public static Command Build(Application application)
    {
        var folder = CommonOptions.Folder();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the sessions of this repository, the newest first.") { folder, json };
        command.SetAction((parsed, _) => Run(application, application.FolderOr(parsed.GetValue(folder)), parsed.GetValue(json)));
        return command.WithExamples("autopilot session list", "autopilot session list --json | jq '.[] | select(.state == \"interrupted\") | .id'");
    }

    /// <summary>The command without any option, answered without building commands or opening the store.</summary>
    /// <returns>Null where it cannot be answered so.</returns>
    public static int? AtOnce(Application application) =>
        Glance(application, application.Folder) is { } items ? Print(application.Terminal, items, json: false) : null;

    /// <summary>The runs of the repository that holds a folder, the newest first.</summary>
    public static async Task<List<SessionListItem>> Items(Application application, string folder) => Glance(application, folder) ?? await Opened(application, folder);

    private static async Task<int> Run(Application application, string folder, bool json) => Print(application.Terminal, await Items(application, folder), json);

    private static List<SessionListItem>? Glance(Application application, string folder)
    {
        var root = Places.RepositoryOf(folder);
        if (!SessionStore.Exists(root)) return [];
        if (RunGlance.Of(root, application.Clock.GetUtcNow()) is not { } runs) return null;
        var items = new List<SessionListItem>(runs.Count);
        foreach (var r in runs) items.Add(new SessionListItem(r.Id, r.Workflow, r.State, r.Title, r.CreatedAt, r.UpdatedAt));
        return items;
    }

    private static async Task<List<SessionListItem>> Opened(Application application, string folder)
    {
        var now = application.Clock.GetUtcNow();
        await using var state = RepositoryState.Open(Places.RepositoryOf(folder), application.Clock);
        var runs = await new RunEngine(state.Store, application.Clock).List();
        return [.. runs.Select(r => new SessionListItem(r.Id, r.Workflow, SessionStore.StateOf(r, now), r.Title, r.CreatedAt, r.UpdatedAt))];
    }

    private static int Print(Terminal terminal, List<SessionListItem> items, bool json)
    {
        if (json) terminal.Json(items, SessionJson.Default.ListSessionListItem);
        else foreach (var item in items) terminal.Result(string.Concat(item.Id, "  ", item.State.PadRight(11)) + string.Concat("  ", item.Workflow.PadRight(8), " ", Readable.Line(item.Title, 100)));
        if (items.Count == 0) terminal.Note("No session was ever run here.");
        return ExitCodes.Done;
    }
}
