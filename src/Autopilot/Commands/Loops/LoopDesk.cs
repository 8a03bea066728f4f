using System.CommandLine;
using System.Text.Json;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;
using Autopilot.Workflows.Loops;

namespace Autopilot.Commands.Loops;

/// <summary>What can be seen of loops and done with them from another process.</summary>
internal static class LoopDesk
{
    public static IEnumerable<Command> Commands(Application application)
    {
        yield return List(application);
        yield return Show(application);
        yield return Stop(application);
    }

    private static Command List(Application application)
    {
        var (folder, json) = (CommonOptions.Folder(), CommonOptions.Json());
        var command = new Command("list", "The loops of this repository and where each stands, the newest first.") { folder, json };
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var standings = new List<LoopStanding>();
            foreach (var run in await Loops(place)) standings.Add(await Of(application, place, run));
            if (parsed.GetValue(json)) application.Terminal.Json([.. standings], LoopStandingJson.Default.LoopStandingArray);
            else foreach (var loop in standings) application.Terminal.Result($"{loop.RunId}  {loop.WaitsFor ?? loop.State,-11}  {loop.TaskId}  {Where(loop)}");
            if (standings.Count == 0) application.Terminal.Note("No loop was ever run here. Begin one: autopilot loop --intent \"...\"");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Application application)
    {
        var (folder, json, id) = (CommonOptions.Folder(), CommonOptions.Json(), Id());
        var command = new Command("show", "A loop and its follow-ups: pairs, phases, what it waits for and how to go on.") { id, folder, json };
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var loop = await Of(application, place, await Find(place, parsed.GetValue(id)));
            if (parsed.GetValue(json)) application.Terminal.Json(loop, LoopStandingJson.Default.LoopStanding);
            else Print(application.Terminal, loop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Stop(Application application)
    {
        var (folder, id) = (CommonOptions.Folder(), Id());
        var command = new Command("stop", "Stop a loop that runs in another process. Nothing is lost; it can be resumed.") { id, folder };
        command.SetAction(async (parsed, _) =>
        {
            await using var place = Place(application, parsed.GetValue(folder));
            var run = await Find(place, parsed.GetValue(id), running: true);
            LoopStop.Request(place.State.FolderOf(run.Id));
            application.Terminal.Note($"Told loop {run.Id} to stop. Go on with: {LoopRun.ResumeLine(run.Id)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<LoopStanding> Of(Application application, Workplace place, RunSummary run)
    {
        var request = JsonSerializer.Deserialize(await place.Engine.InputOf(run.Id), LoopJson.Default.LoopRequest)!;
        var asked = run is { State: RunState.Waiting, WaitingFor: { } key } ? await new QuestionTable(place.State.Store, application.Clock).Find(run.Id, key) : null;
        var folder = place.State.FolderOf(run.Id);
        return new LoopStanding(
            request.TaskId,
            run.Id,
            run.IsInterrupted(application.Clock.GetUtcNow()) ? "interrupted" : run.State.ToString().ToLowerInvariant(),
            asked is { Answer: null } ? LoopRun.KindOf(asked.Key) : null,
            asked is { Answer: null } ? asked.Question.Text : null,
            run.Failure?.Message,
            request.Git ? request.BranchOf(run.Id) : null,
            request.Request,
            run.CreatedAt,
            [.. Rounds(folder)],
            Path.GetRelativePath(place.Root, folder),
            run.State == RunState.Completed ? null : LoopRun.ResumeLine(run.Id) + (asked is { Answer: null } && LoopRun.KindOf(asked.Key) == "question" ? " --answer \"...\"" : ""));
    }

    private static IEnumerable<RoundStanding> Rounds(string folder)
    {
        for (var depth = 0; ; depth++)
        {
            var file = Path.Combine(folder, depth == 0 ? "run.json" : $"followups/{depth}/run.json");
            if (!File.Exists(file)) yield break;
            yield return JsonSerializer.Deserialize(File.ReadAllText(file), LoopStandingJson.Default.RoundStanding)!;
        }
    }

    private static void Print(Terminal terminal, LoopStanding loop)
    {
        terminal.Result($"{loop.RunId}  {loop.WaitsFor ?? loop.State}  task {loop.TaskId}");
        terminal.Result($"request   {Readable.Line(loop.Request, 160)}");
        if (loop.Branch is { } branch) terminal.Result($"branch    {branch}");
        terminal.Result($"state     {loop.Folder}");
        foreach (var round in loop.Rounds)
        {
            terminal.Result("");
            var status = round.Status == "running" ? loop.State : round.Status;
            terminal.Result(round.FollowupDepth == 0 ? $"run       {status}" : $"follow-up {round.FollowupDepth} (of {round.ParentRunId})  {status}");
            foreach (var pair in round.Pairs) terminal.Result($"  {pair,-10} {Pair(round, pair)}");
            foreach (var (phase, state) in round.PhaseStatus) terminal.Result($"  phase {phase}: {state}");
            if (round.Status == "running" && round.WorkingOn is { Count: > 0 } now) terminal.Result($"  now: {string.Join("; ", now)}");
        }

        if (loop.Question is { } question) terminal.Result($"\nwaits for {loop.WaitsFor}: {question}");
        if (loop.Failure is { } failure) terminal.Result($"\nfailed    {failure}");
        if (loop.Resume is { } resume) terminal.Result($"\ngo on     {resume}");
    }

    private static string Pair(RoundStanding round, string pair)
    {
        var done = (round.CompletedPairs ?? []).Where(p => p == pair || p.StartsWith(pair + "/", StringComparison.Ordinal)).ToList();
        if (done.Contains(pair)) return "completed";
        return done.Count == 0 ? "-" : $"completed for {string.Join(", ", done.Select(p => p[(pair.Length + 1)..]))}";
    }

    private static string Where(LoopStanding loop) => loop.Rounds is [.., var last]
        ? $"{(last.FollowupDepth > 0 ? $"follow-up {last.FollowupDepth}: " : "")}{(loop.State == "completed" ? last.Status : string.Join("; ", last.WorkingOn ?? []))}"
        : "";

    private static Argument<string?> Id() => new("ID") { Description = "The loop, or the end of its id; the newest by default.", Arity = ArgumentArity.ZeroOrOne };

    private static Workplace Place(Application application, string? folder)
    {
        var at = application.FolderOr(folder);
        return new Workplace(application, at, application.Configuration(at));
    }

    private static async Task<IReadOnlyList<RunSummary>> Loops(Workplace place) =>
        File.Exists(RepositoryState.DatabaseOf(place.Root)) ? [.. (await place.Engine.List()).Where(r => r.Workflow == LoopWorkflow.Name)] : [];

    private static async Task<RunSummary> Find(Workplace place, string? id, bool running = false)
    {
        var found = (await Loops(place)).Where(r => (!running || r.State == RunState.Running) && (id is null || r.Id.EndsWith(id, StringComparison.Ordinal) || r.Id.StartsWith(id, StringComparison.Ordinal))).ToList();
        return found switch
        {
            [] => throw new UserErrorException($"There is no {(running ? "running " : "")}loop{(id is null ? "" : $" '{id}'")} in {place.Root}. See: autopilot loop list"),
            [var one, ..] when id is null || found.Count == 1 => one,
            _ => throw new UserErrorException($"'{id}' fits {found.Count} loops: {string.Join(", ", found.Select(r => r.Id))}."),
        };
    }
}
