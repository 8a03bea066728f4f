using System.CommandLine;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Loops;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Loops;
using Autopilot.Workflows.Loops.Importing;

namespace Autopilot.Commands.Loops;

/// <summary><c>autopilot loop</c></summary>
internal sealed class LoopCommand
{
    public const string Summary = "Carry one intent through plan, implement, test and audit until it is met.";

    private readonly LoopOptions options = new();

    public static Command Build(Application application)
    {
        var it = new LoopCommand();
        var command = new Command("loop", Summary) { CommonOptions.Unattended };
        foreach (var option in it.options.All) command.Add(option);
        command.SetAction((parsed, cancellation) => it.Run(application, parsed, cancellation));
        foreach (var desk in LoopDesk.Commands(application)) command.Add(desk);
        command.Add(LoopImportCommand.Build(application));
        return command.WithExamples(
            "autopilot loop --intent \"Add an export to CSV, with tests\"",
            "autopilot loop --intent - --full-auto-answers < intent.md",
            "autopilot loop --resume",
            "autopilot loop --resume --answer \"Use the second one\"",
            "autopilot loop show",
            "autopilot loop stop",
            "autopilot loop --list-tasks");
    }

    private async Task<int> Run(Application application, ParseResult parsed, CancellationToken cancellation)
    {
        var at = application.FolderOr(parsed.GetValue(options.Workspace));
        var configuration = application.Configuration(at, options.Layer(parsed));
        var tasks = new LoopTasks(Path.Combine(Places.RepositoryOf(at), ".autopilot"), application.Clock);
        if (parsed.GetValue(options.ListTasks)) return ListTasks(application, tasks, at);
        if (!parsed.GetValue(options.Resume)) RefuseWithoutResume(parsed);
        await using var place = new Workplace(application, at, configuration);
        var run = new LoopRun(application, place, parsed.GetValue(options.Agent), parsed.GetValue(options.Model), parsed.GetValue(options.Json));
        return parsed.GetValue(options.Resume)
            ? await Resume(place, tasks, run, parsed, cancellation)
            : await Start(application, place, tasks, run, parsed, cancellation);
    }

    private static int ListTasks(Application application, LoopTasks tasks, string at)
    {
        var ids = tasks.List().Concat(AutoloopState.Runs(at).Select(r => r.TaskId)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var id in ids.DefaultIfEmpty("(no tasks found)")) application.Terminal.Result(id);
        return ExitCodes.Done;
    }

    private void RefuseWithoutResume(ParseResult parsed)
    {
        foreach (var option in (Option[])[options.RunId, options.Answer, options.AcceptChanges])
            if (parsed.GetResult(option) is { Implicit: false }) throw new UserErrorException($"{option.Name} goes with --resume only.");
    }

    private async Task<int> Start(Application application, Workplace place, LoopTasks tasks, LoopRun run, ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = place.Configuration;
        var intent = await Intent(application, parsed, cancellation);
        intent = intent is null ? null : place.Redactor.Redact(intent);
        var id = parsed.GetValue(options.TaskId) is { } given ? TaskIdentity.Slug(given)
            : intent is not null ? TaskIdentity.OfIntent(intent)
            : throw new UserErrorException("Say what is wanted: autopilot loop --intent \"...\" (or - for stdin, or a file), or name a task with --task-id.");
        var pairs = LoopPlace.Templates(place).Pairs().Choose([.. configuration.Get(LoopKeys.Pairs)!.SelectMany(p => p.Split(','))]);
        var git = place.IsRepository && !configuration.Get(LoopKeys.NoGit);
        Check(place, parsed, pairs);
        // The state, with its entry in the exclude file, is made before anything is written below it.
        _ = place.State;
        using var held = tasks.Hold(id);
        if (intent is null && tasks.Find(id) is null) throw new UserErrorException($"There is no task '{id}'. Give an --intent to begin it.");
        var task = tasks.Open(id, intent, configuration.Get(LoopKeys.IntentMode)!);
        if (git && parsed.GetValue(options.InPlace)) application.Terminal.Note($"Working in {place.Root} itself; what you have changed there stays out of the commits.");
        if (!git) application.Terminal.Note($"Without git: working in {place.Folder} itself; states are kept by content hash.");
        return await run.Start(tasks, task, Request(place, parsed, task, pairs, git), cancellation);
    }

    private LoopRequest Request(Workplace place, ParseResult parsed, LoopTask task, IReadOnlyList<PairDefinition> pairs, bool git)
    {
        var configuration = place.Configuration;
        var below = Path.GetRelativePath(place.Root, place.Folder);
        return new LoopRequest
        {
            TaskId = task.TaskId,
            Request = task.RequestText,
            Pairs = [.. pairs.Select(p => p.Name)],
            PhaseId = parsed.GetValue(options.PhaseId),
            PhaseMode = configuration.Get(LoopKeys.PhaseMode)!,
            MaxIterations = configuration.Get(LoopKeys.MaxIterations),
            MaxQuestions = configuration.Get(LoopKeys.MaxQuestions),
            Parallel = configuration.Get(LoopKeys.Parallel),
            FullAutoAnswers = configuration.Get(LoopKeys.FullAutoAnswers),
            AutoFollowup = configuration.Get(LoopKeys.AutoFollowup),
            MaxFollowups = configuration.Get(LoopKeys.MaxFollowups),
            Verification = Verification(configuration, parsed.GetValue(options.Verify)),
            Git = git,
            InPlace = git && parsed.GetValue(options.InPlace),
            Below = below == "." ? "" : below,
            Agent = parsed.GetValue(options.Agent),
            Model = parsed.GetValue(options.Model),
            Plan = PlanOf(place, task, pairs),
        };
    }

    private static VerificationPlan? Verification(EffectiveConfiguration configuration, string? given) =>
        given is not null ? VerificationPlan.Of(given) : configuration.Get(VerifyKeys.Verify) is { Count: > 0 } nodes ? new VerificationPlan(nodes) : null;

    /// <summary>The plan of the task's last run that has one, for a run that does not plan itself.</summary>
    private static string? PlanOf(Workplace place, LoopTask task, IReadOnlyList<PairDefinition> pairs) => pairs.Any(p => p.Yields == PairYield.Phases)
        ? null
        : (task.Runs ?? []).Reverse().Select(r => Path.Combine(place.State.FolderOf(r), "artifacts", "plan", "phase_plan.yaml")).Where(File.Exists).Select(File.ReadAllText).FirstOrDefault();

    private void Check(Workplace place, ParseResult parsed, IReadOnlyList<PairDefinition> pairs)
    {
        if (parsed.GetValue(options.InPlace) && place.Configuration.Get(LoopKeys.NoGit)) throw new UserErrorException("Without git a loop works in the folder itself anyway. Leave --in-place out, or let it use git.");
        if (parsed.GetValue(options.PhaseId) is null && parsed.GetValue(options.PhaseMode) == "up-to") throw new UserErrorException("--phase-mode up-to needs --phase-id.");
        var roles = place.RolesWith(parsed.GetValue(options.Agent));
        foreach (var role in pairs.SelectMany(p => (string[])[p.Producer, p.Verifier]).Distinct(StringComparer.Ordinal)) roles.ResolveAgent(role);
    }

    private async Task<int> Resume(Workplace place, LoopTasks tasks, LoopRun run, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(options.Intent) is not null) throw new UserErrorException("--resume goes on with the request that the run began with. Leave --intent out, or start a new run without --resume.");
        if (parsed.GetValue(options.RunId) is { } foreign && AutoloopState.Runs(place.Folder) is var left && left.FirstOrDefault(r => r.RunId == foreign) is { } imported) return await Import(place, tasks, run, parsed, AutoloopState.ChainOf(imported, left), cancellation);
        var (task, id) = await Find(place, tasks, parsed.GetValue(options.TaskId), parsed.GetValue(options.RunId));
        using var held = tasks.Hold(task);
        return await run.Resume(id, task, parsed.GetValue(options.Answer), parsed.GetValue(options.AcceptChanges), cancellation);
    }

    /// <summary>Goes on with the open end of a chain of runs that autoloop left, as a run of our own: what was finished and decided there holds.</summary>
    private async Task<int> Import(Workplace place, LoopTasks tasks, LoopRun run, ParseResult parsed, IReadOnlyList<AutoloopRun> chain, CancellationToken cancellation)
    {
        var imported = chain[^1];
        if (!imported.IsResumable) throw new UserErrorException($"The run {imported.RunId} is over ({imported.Status}). Start a new one: autopilot loop --task-id {imported.TaskId} --intent \"...\"");
        if (imported.Request.Length == 0) throw new UserErrorException($"The run {imported.RunId} has no request.md, so there is nothing to go on with.");
        var configuration = place.Configuration;
        var pairs = LoopPlace.Templates(place).Pairs().Choose([.. configuration.Get(LoopKeys.Pairs)!.SelectMany(p => p.Split(','))]);
        Check(place, parsed, pairs);
        _ = place.State;
        using var held = tasks.Hold(imported.TaskId);
        if (tasks.Find(imported.TaskId) is { Runs.Count: > 0 } known) throw new UserErrorException($"The task {imported.TaskId} goes on here already: autopilot loop --resume --task-id {known.TaskId}");
        var task = tasks.Open(imported.TaskId, place.Redactor.Redact(imported.Request), "replace");
        var request = Request(place, parsed, task, pairs, place.IsRepository && !configuration.Get(LoopKeys.NoGit));
        var before = chain.SkipLast(1).ToList();
        request = request with
        {
            Done = imported.Done,
            Plan = imported.Plan,
            After = [.. before.Select(r => r.RunId)],
            Original = before.Count > 0 ? place.Redactor.Redact(before[0].Request) : null,
            Ledger = [.. chain.SelectMany(r => r.Ledger).Distinct().Select(e => e with { Text = place.Redactor.Redact(e.Text) })],
        };
        return await run.Start(tasks, task, request, cancellation);
    }

    /// <summary>The run that is named, else the newest of the task, else the newest of all.</summary>
    private static async Task<(string Task, string Run)> Find(Workplace place, LoopTasks tasks, string? taskId, string? runId)
    {
        var known = tasks.List().Where(t => taskId is null || t == TaskIdentity.Slug(taskId)).Select(tasks.Find).OfType<LoopTask>().SelectMany(t => (t.Runs ?? []).Select(r => (Task: t.TaskId, Run: r))).ToList();
        if (known.Count == 0) throw new UserErrorException(taskId is null ? "No loop was ever run here." : $"There is no run of a task '{taskId}'. 'autopilot loop --list-tasks' shows the tasks.");
        if (runId is not null)
        {
            var found = known.Where(k => k.Run == runId || k.Run.EndsWith(runId, StringComparison.Ordinal)).ToList();
            return found.Count == 1 ? found[0] : throw new UserErrorException($"There is no single loop run '{runId}' here. Runs: {string.Join(", ", known.Select(k => k.Run))}.");
        }

        var order = (await place.Engine.List()).Where(r => r.Workflow == LoopWorkflow.Name).Select(r => r.Id).ToList();
        return known.Where(k => order.Contains(k.Run)).OrderBy(k => order.IndexOf(k.Run)).First();
    }

    private async Task<string?> Intent(Application application, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(options.Intent) is not { } given) return null;
        var file = given.Length is > 0 and < 1024 && !given.Contains('\n') ? Path.GetFullPath(given, application.Folder) : null;
        return file is not null && File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation) : await PromptText.Read(parsed, given, Console.OpenStandardInput, cancellation);
    }
}
