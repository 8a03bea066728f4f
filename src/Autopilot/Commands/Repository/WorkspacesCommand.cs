using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Git.Workspaces;
using Autopilot.Rendering;

namespace Autopilot.Commands.Repository;

/// <summary><c>autopilot workspaces list|prune</c></summary>
internal static class WorkspacesCommand
{
    public const string Summary = "Show the workspaces of this repository, or free their disk without losing work.";

    public static Command Build(Application application)
    {
        var command = new Command("workspaces", Summary)
        {
            Sub(application, "list", "List the workspaces: who holds them, whether they hold unsaved work, how big they are.", List),
            Sub(application, "prune", "Remove the workspaces that no live process holds. What is in them on no branch is put on one first.", Prune),
        };
        return command.WithExamples("autopilot workspaces list", "autopilot workspaces prune --json");
    }

    private static Command Sub(Application application, string name, string summary, Func<Terminal, RepositoryPlace, bool, CancellationToken, Task> action)
    {
        var folder = CommonOptions.Folder();
        var json = CommonOptions.Json();
        var command = new Command(name, summary) { folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var place = new Workplace(application, application.FolderOr(parsed.GetValue(folder)), EffectiveConfiguration.Join(ConfigurationCatalogue.Product, []));
            await action(application.Terminal, await RepositoryPlace.Open(application, place, cancellation), parsed.GetValue(json), cancellation);
            return ExitCodes.Done;
        });
        return command.WithExamples($"autopilot workspaces {name}");
    }

    private static async Task List(Terminal terminal, RepositoryPlace repository, bool json, CancellationToken cancellation)
    {
        var states = (await repository.Pool.List(cancellation)).ToArray();
        if (json) terminal.Json(states, RepositoryJson.Default.WorkspaceStateArray);
        else foreach (var it in states) terminal.Result($"{it.Id,-4}  {Megabytes(it.Bytes),10}  {State(it),-5} {(it.Unsaved ? "unsaved" : "       ")}  {it.Owner ?? "-"}  {it.Folder}");
        if (states.Length == 0) terminal.Note("There are no workspaces.");
    }

    private static async Task Prune(Terminal terminal, RepositoryPlace repository, bool json, CancellationToken cancellation)
    {
        var rescued = await repository.Pool.RescueDead(_ => false, cancellation);
        var report = new PruneReport(await repository.Pool.Prune(cancellation), rescued, repository.Hub.Folder);
        if (json) terminal.Json(report, RepositoryJson.Default.PruneReport);
        else terminal.Result($"Freed {Megabytes(report.FreedBytes)}.");
        foreach (var branch in json ? [] : rescued) terminal.Result($"Unsaved work is on {branch} of {repository.Hub.Folder}; a run that is resumed goes on with it.");
    }

    private static string State(WorkspaceState state) => state switch { { Owner: null } => "idle", { Alive: true } => "live", _ => "dead" };

    private static string Megabytes(long bytes) => $"{bytes / 1e6:F1} MB";
}
