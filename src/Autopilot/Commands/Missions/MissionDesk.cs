using System.CommandLine;
using Autopilot.Commands.Governor;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Missions;

/// <summary>What can be done with missions that are there, also from another process.</summary>
internal static class MissionDesk
{
    public static IEnumerable<Command> Commands(Application application)
    {
        yield return List(application);
        yield return Show(application);
        yield return MissionHistory.Build(application);
        yield return Resume(application);
        yield return Next(application);
        yield return Push(application);
        yield return Signal(application, "stop", "End a mission: what runs is stopped, what has landed stays.", null);
        yield return Signal(application, "pause", "Start nothing new; what runs comes to its end.", null);
        yield return Signal(application, "retry", "Give a unit that was given up or blocked fresh attempts.", new Argument<string>("UNIT") { Description = "Such as u3." });
        yield return Signal(application, "add", "Extend the objective of a running mission.", new Argument<string>("OBJECTIVE") { Description = "What else is to be reached." });
    }

    private static Command List(Application application)
    {
        var (folder, json) = (CommonOptions.Folder(), CommonOptions.Json());
        var command = new Command("list", "The missions of this repository, the newest first.") { folder, json };
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var missions = new List<MissionListItem>();
            foreach (var m in await Missions(place)) missions.Add(new MissionListItem(m.Id, await StateOf(application, place, m), m.Title, m.CreatedAt));
            if (parsed.GetValue(json)) application.Terminal.Json([.. missions], MissionReportJson.Default.MissionListItemArray);
            else foreach (var m in missions) application.Terminal.Result($"{m.Id}  {m.State,-11}  {m.Title}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Application application)
    {
        var (folder, json, id) = (CommonOptions.Folder(), CommonOptions.Json(), Id());
        var command = new Command("show", "A mission as it stands: its units and why each is where it is.") { id, folder, json };
        command.Aliases.Add("summary");
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var mission = await Find(place, parsed.GetValue(id));
            var report = await MissionReplay.Report(place.Engine, mission.Id);
            if (parsed.GetValue(json)) application.Terminal.Json(report, MissionReportJson.Default.MissionReport);
            else
            {
                application.Terminal.Result($"{mission.Id}  {await StateOf(application, place, mission)}  {report.Objective}");
                MissionSummary.Print(application.Terminal, report, place.State.FolderOf(mission.Id), mission.State == RunState.Completed);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Resume(Application application)
    {
        var (folder, json, id) = (CommonOptions.Folder(), CommonOptions.Json(), Id("the newest that can go on by default"));
        var accept = new Option<bool>("--accept-changes") { Description = "Go on although the configuration has changed since." };
        var command = new Command("resume", "Go on with a mission: one that was interrupted or killed here and now, one that is paused where it runs.") { id, accept, folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var at = application.FolderOr(parsed.GetValue(folder));
            await using var place = new Workplace(application, at, application.Configuration(at));
            var mission = parsed.GetValue(id) is { } named ? await Find(place, named) : await Resumable(application, place);
            if (Runs(application, mission)) return Send(application, place, mission, "resume", "");
            if (mission.State != RunState.Completed && await MayBePaused(place, mission.Id)) Post(application, place, mission, "resume", "");
            return await new MissionRun(application, place, parsed.GetValue(json)).Resume(mission.Id, parsed.GetValue(accept), cancellation);
        });
        return command;
    }

    private static Command Next(Application application)
    {
        var (folder, json, id) = (CommonOptions.Folder(), CommonOptions.Json(), Id());
        var command = new Command("next", "Begin the mission that a mission of a chain proposed at its end.") { id, folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var mission = await Find(place, parsed.GetValue(id));
            return await new MissionRun(application, place, parsed.GetValue(json)).Next(mission.Id, cancellation);
        });
        return command;
    }

    private static Command Push(Application application)
    {
        var (folder, json, id) = (CommonOptions.Folder(), CommonOptions.Json(), Id());
        var command = new Command("push", "Push what a mission landed to its remote (mission.push_remote, mission.push_branch). What is there already is merged and verified first; nothing is forced, and your checkout is not touched.") { id, folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (new GovernorDesk(application) is { Caller.Actor: Actor.Agent } desk) return desk.RecordRefused(RefusalCodes.ApprovalIsUserOnly, "approve", "mission push");
            await using var place = Place(application, parsed.GetValue(folder));
            var mission = await Find(place, parsed.GetValue(id));
            return await new MissionRun(application, place, parsed.GetValue(json)).Push(mission.Id, cancellation);
        });
        return command;
    }

    private static Command Signal(Application application, string kind, string summary, Argument<string>? argument)
    {
        var folder = CommonOptions.Folder();
        var mission = new Option<string?>("--mission", "-m") { Description = "Which mission; the newest that is not at its end by default.", HelpName = "ID" };
        var command = new Command(kind, summary) { mission, folder };
        if (argument is not null) command.Add(argument);
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var run = await Find(place, parsed.GetValue(mission), open: true);
            if (kind == "retry") await RequireRetryable(place, run.Id, parsed.GetRequiredValue(argument!));
            return Send(application, place, run, kind, argument is null ? "" : parsed.GetRequiredValue(argument));
        });
        return command;
    }

    /// <exception cref="UserErrorException">There is no such unit, or it is not at an end from which it could be taken back.</exception>
    private static async Task RequireRetryable(Workplace place, string id, string name)
    {
        var units = (await MissionReplay.Report(place.Engine, id)).Units;
        var ended = units.Where(u => u.Status is "abandoned" or "blocked").Select(u => u.Id).ToList();
        if (ended.Contains(name, StringComparer.Ordinal)) return;
        var which = units.FirstOrDefault(u => u.Id == name) is { } unit ? $"{name} of mission {id} is {unit.Status}" : $"Mission {id} has no unit {name}";
        throw new UserErrorException($"{which}: only a unit that was given up or blocked gets fresh attempts. {(ended.Count == 0 ? "There is none." : $"There is: {string.Join(", ", ended)}.")}");
    }

    /// <summary>As of any run; and paused, which only the mission itself knows.</summary>
    private static async Task<string> StateOf(Application application, Workplace place, RunSummary mission) =>
        SessionStore.StateOf(mission, application.Clock.GetUtcNow()) is var state && state == "running" && await MissionReplay.History(place.Engine, mission.Id) is [.., var (_, last)] && last.Paused
            ? "paused"
            : state;

    /// <summary>Whoever resumes it wants it to go on, also where it was paused, or is to be, when it ended.</summary>
    private static async Task<bool> MayBePaused(Workplace place, string id) =>
        MissionSignals.AreWaiting(place.State.FolderOf(id)) || await MissionReplay.History(place.Engine, id) is [.., var (_, last)] && last.Paused;

    private static void Post(Application application, Workplace place, RunSummary mission, string kind, string argument)
    {
        var signal = new MissionSignal(kind, place.Redactor.Redact(argument), "user");
        MissionSignals.Send(place.State.FolderOf(mission.Id), signal, application.Clock.GetUtcNow(), Guid.NewGuid().ToString("N")[..8]);
    }

    private static int Send(Application application, Workplace place, RunSummary mission, string kind, string argument)
    {
        Post(application, place, mission, kind, argument);
        application.Terminal.Note(Runs(application, mission) ? $"{kind}: told mission {mission.Id}" : $"{kind}: mission {mission.Id} is not running; it takes this in when it is resumed");
        return ExitCodes.Done;
    }

    private static bool Runs(Application application, RunSummary mission) => mission.State == RunState.Running && !mission.IsInterrupted(application.Clock.GetUtcNow());

    /// <summary>The newest that is interrupted, waits, or is paused where it runs.</summary>
    private static async Task<RunSummary> Resumable(Application application, Workplace place)
    {
        var missions = await Missions(place);
        foreach (var mission in missions.Where(m => m.State != RunState.Completed))
            if (!Runs(application, mission) || await MayBePaused(place, mission.Id)) return mission;
        if (missions.Count == 0) return await Find(place, null);
        var end = Runs(application, missions[0]) ? "is running" : "is at its end; look at it with 'autopilot mission show'";
        throw new UserErrorException($"No mission here can be resumed: the newest, {missions[0].Id}, {end}. Begin another: autopilot mission \"OBJECTIVE\"");
    }

    private static Argument<string?> Id(string otherwise = "the newest by default") => new("ID") { Description = $"The mission, or the beginning of its id; {otherwise}.", Arity = ArgumentArity.ZeroOrOne };

    internal static Workplace Place(Application application, string? folder)
    {
        var at = application.FolderOr(folder);
        return new Workplace(application, at, application.Configuration(at));
    }

    internal static async Task<IReadOnlyList<RunSummary>> Missions(Workplace place) => [.. (await place.Engine.List()).Where(r => r.Workflow == MissionWorkflow.Name)];

    private static async Task<RunSummary> Find(Workplace place, string? id, bool open = false)
    {
        var missions = await Missions(place);
        var found = id is null
            ? missions.Where(m => !open || m.State != RunState.Completed).Take(1).ToList()
            : missions.Where(m => m.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found switch
        {
            [var one] => one,
            [] when id is null => throw new UserErrorException($"There is no {(open ? "mission under way" : "mission")} in {place.Root}. Begin one: autopilot mission \"OBJECTIVE\""),
            [] => throw new UserErrorException($"There is no mission {id}. See: autopilot mission list"),
            _ => throw new UserErrorException($"{id} is the beginning of {found.Count} missions: {string.Join(", ", found.Select(m => m.Id))}."),
        };
    }
}
