using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Commands.Sessions;

/// <summary><c>autopilot resume</c></summary>
internal sealed class ResumeCommand
{
    public const string Summary = "Continue a session: the agent's own, in the same recording.";

    private readonly SessionOptions session = new();
    private readonly Argument<string?> given = new("SESSION") { Description = "A recording, or the id of a session (its beginning is enough).", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> trajectory = new("--trajectory", "-t") { Description = "A recording; the same as SESSION.", HelpName = "FILE" };
    private readonly Option<bool> newest = new("--continue", "-c") { Description = "The newest session here." };
    private readonly Option<string?> prompt = new("--prompt", "-p") { Description = "What to tell the agent now; - reads it from stdin.", HelpName = "PROMPT" };
    private readonly Option<bool> fresh = new("--fresh") { Description = "Begin a new session with a digest of the old one, where the agent has lost that." };
    private readonly Option<bool> acceptChanges = new("--accept-changes") { Description = "Go on although the agent's configuration has changed since." };
    private readonly Option<string?> folder = new("--cwd") { Description = "Look for the session in this folder instead of the current one.", HelpName = "FOLDER" };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Show every message in full." };

    public static Command Build(Application application)
    {
        var it = new ResumeCommand();
        var command = new Command("resume", Summary)
        {
            it.given, it.trajectory, it.newest, it.prompt, it.session.Budget, it.session.Command, it.fresh, it.acceptChanges, it.folder, it.json, it.verbose, CommonOptions.Unattended,
        };
        command.SetAction((parsed, cancellation) => it.Run(application, parsed, cancellation));
        return command.WithExamples(
            "autopilot resume --continue",
            "autopilot resume 20261121-0731 --prompt \"Now write the tests\" --max-budget 1",
            "autopilot resume logs/20261121-073105-fix-cart.jsonl --fresh");
    }

    private async Task<int> Run(Application application, ParseResult parsed, CancellationToken cancellation)
    {
        var at = application.FolderOr(parsed.GetValue(folder));
        var target = await Target(application, parsed, at);
        var agents = session.Given(parsed).ToList();
        await using var place = new Workplace(application, target.Folder, application.Configuration(target.Folder, session.Layer(parsed)), agents);
        var run = new SessionRun(application, place, new SessionShow(parsed.GetValue(json), parsed.GetValue(verbose)));
        var directions = await Directions(parsed, place, cancellation);
        if (target.RunId is { } id && SessionStore.Exists(place.Root) && await Find(place.Engine, id) is { } known)
        {
            if (known.State != RunState.Completed) return await run.Resume(id, AgentOf(known), directions, parsed.GetValue(acceptChanges), cancellation);
            target = target.Recording is null ? await OfResult(place, known, target.Folder) : target;
        }
        return await run.Start(Continuation(place, target, directions), directions, cancellation);
    }

    private async Task<ResumeTarget> Target(Application application, ParseResult parsed, string at)
    {
        var name = parsed.GetValue(trajectory) ?? parsed.GetValue(given);
        if (name is not null && parsed.GetValue(newest)) throw new UserErrorException("Name a session or give --continue, not both.");
        if (name is not null && (parsed.GetValue(trajectory) is not null || File.Exists(Path.GetFullPath(name, at)) || Directory.Exists(Path.GetFullPath(name, at))))
            return ResumeTarget.OfRecording(Path.GetFullPath(name, at), at);
        if (name is null && !parsed.GetValue(newest)) throw new UserErrorException("Which session? Name a recording or a session id, or give --continue for the newest one. 'autopilot session list' shows them.");
        var root = Places.RepositoryOf(at);
        if (!SessionStore.Exists(root)) throw new UserErrorException(name is null ? $"No session was ever run in {root}." : $"There is no recording and no session '{name}' in {root}.");
        await using var place = new Workplace(application, at, application.Configuration(at));
        var run = name is not null ? await SessionStore.Find(place.Engine, name)
            : (await place.Engine.List()).FirstOrDefault(r => r.Workflow == TaskWorkflow.Name) ?? throw new UserErrorException($"No session was ever run in {root}.");
        return new ResumeTarget(run.Id, null, null, at);
    }

    private async Task<TaskDirections> Directions(ParseResult parsed, Workplace place, CancellationToken cancellation) => new()
    {
        NextPrompt = parsed.GetValue(prompt) is { } text ? await PromptText.Read(parsed, text, Console.OpenStandardInput, cancellation) : null,
        BudgetUsd = parsed.GetValue(session.Budget) is null ? null : place.Configuration.Get(BudgetKeys.Session),
        Fresh = parsed.GetValue(fresh),
    };

    /// <summary>A session that came to its end is continued by a run of its own, in the same recording.</summary>
    private static TaskRequest Continuation(Workplace place, ResumeTarget target, TaskDirections directions)
    {
        var past = target.Past!;
        var header = past.Header!;
        _ = place.Agents.Settings(past.Agent!);
        // The user may have checked such a branch out: only who worked elsewhere was isolated.
        var elsewhere = header.WorkingFolder is { } at && Places.RepositoryOf(at) != place.Root;
        var branch = elsewhere && header.Branch is { } name && name.StartsWith("autopilot/", StringComparison.Ordinal) ? name : null;
        return new TaskRequest
        {
            Prompt = place.Redactor.Redact(directions.NextPrompt ?? SessionPlan.Continue),
            Agent = past.Agent!,
            Model = past.OrderedModel,
            Folder = branch is null && header.WorkingFolder is { } worked && Directory.Exists(worked) ? worked : place.Folder,
            Isolated = branch is not null,
            BaseRevision = branch ?? "HEAD",
            Slug = Slug.Of(header.Prompt),
            BudgetUsd = place.Configuration.Get(BudgetKeys.Session),
            MaxTurns = place.Configuration.Get(SessionKeys.MaxTurns),
            Timeout = place.Configuration.Get(SessionKeys.Timeout),
            Silence = place.Configuration.Get(SessionKeys.Silence),
            Continues = target.Recording,
        };
    }

    private static async Task<ResumeTarget> OfResult(Workplace place, RunSummary run, string at)
    {
        var workflow = TaskResults.Reader;
        var result = workflow.ResultOf(await place.Engine.Execute(workflow, run.Id, RunSettings.None, acceptDrift: true, CancellationToken.None));
        return ResumeTarget.OfRecording(result.Recording, at) with { RunId = run.Id, Folder = at };
    }

    private static async Task<RunSummary?> Find(RunEngine engine, string id) => (await engine.List()).FirstOrDefault(r => r.Id == id);

    private static string AgentOf(RunSummary run) => run.Title.Split(':')[0];
}
