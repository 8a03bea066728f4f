using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Core.Models;
using Autopilot.Core.Runs;
using Autopilot.Core.Verification;
using Autopilot.Engine.Runs;
using Autopilot.Rendering;
using Autopilot.Rendering.Missions;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Chaining;
using Autopilot.Workflows.Missions.Effects;
using Autopilot.Workflows.Missions.Pushing;

namespace Autopilot.Commands.Missions;

/// <summary>Executes a mission in the foreground: shows it while it goes, and tells how it ended.</summary>
internal sealed class MissionRun(Application application, Workplace place, bool json)
{
    private static readonly string[] Roles = ["planner", "architect", "worker", "reviewer", "auditor"];

    private readonly MissionView view = new(application.Terminal, application.Clock, place.Redactor);

    public async Task<MissionRequest> Request(string objective, VerificationPlan verification, string? agent, bool approveAll, CancellationToken cancellation)
    {
        // The repository is looked for while the governor opens its ledger.
        await Task.WhenAll(Task.Run(() => place.User(cancellation), cancellation), Task.Run(() => place.Governing, cancellation));
        var configuration = place.Configuration;
        var green = configuration.Get(MissionKeys.Green)!;
        var (start, before) = await Mission().Start(green, cancellation);
        return new MissionRequest
        {
            Objective = place.Redactor.Redact(objective),
            Base = start,
            Green = green,
            Hub = Mission().HubFolder,
            GreenBefore = before,
            Verification = verification,
            Agent = agent is null ? null : place.Agents.Knows(agent) && agent.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(agent) : place.Agents.Settings(agent).Name,
            ApproveAll = approveAll,
            PushTo = await Mission().PushTarget(green, cancellation),
            PlanDepth = configuration.Get(MissionKeys.PlanDepth),
            PlanWidth = configuration.Get(MissionKeys.PlanWidth),
            ArchitectFrom = (double)configuration.Get(MissionKeys.ArchitectFrom),
            MinAmbition = configuration.Get(MissionKeys.MinAmbition),
            Chain = configuration.Get(MissionKeys.Chain) ? new ChainLink(null, 1, configuration.Get(MissionKeys.ChainMaxDepth)) : null,
            CleanupInterval = configuration.Get(MissionKeys.CleanupInterval),
            OnDishonestWork = configuration.Get(MissionKeys.DishonestWork) switch { "reject" => ReviewVerdict.Rejected, "ask" => ReviewVerdict.Ask, _ => ReviewVerdict.Retry },
            AskReviewer = configuration.Get(MissionKeys.Review),
            MinReviewScore = (double)configuration.Get(MissionKeys.MinReviewScore),
            WorkerTime = configuration.Get(MissionKeys.WorkerTime),
            WorkerSilence = configuration.Get(MissionKeys.WorkerSilence),
            Settings = new MissionSettings
            {
                Workers = configuration.Get(MissionKeys.Workers),
                MaxTime = configuration.Get(MissionKeys.MaxTime),
                MaxBudgetUsd = configuration.Get(MissionKeys.MaxBudget) ?? configuration.Get(BudgetKeys.Run),
                MaxAttempts = configuration.Get(MissionKeys.MaxAttempts),
                MaxFruitlessEpochs = configuration.Get(MissionKeys.MaxReplanAttempts),
                CheckObjective = configuration.Get(MissionKeys.CheckObjective),
                RetryDelay = configuration.Get(MissionKeys.RetryDelay),
                MaxRetryDelay = configuration.Get(MissionKeys.RetryDelay) * 10,
                BatchLimit = configuration.Get(MissionKeys.BatchLimit),
                SpeculativeBatch = configuration.Get(MissionKeys.SpeculativeBatch),
                Push = configuration.Get(MissionKeys.AutoPush),
                AskBeforePush = configuration.Get(ApprovalKeys.Gates)!.ContainsKey(Gates.Push),
                LargeMerge = new LargeMerge(configuration.Get(MissionKeys.LargeMergeLines), configuration.Get(MissionKeys.LargeMergeFiles)),
                Speculation = configuration.Get(MissionKeys.Speculate) is > 1 and var rivals
                    ? new Speculation(rivals, (double)configuration.Get(MissionKeys.SpeculateFrom), Enum.Parse<Measure>(configuration.Get(MissionKeys.SpeculateBy)!, ignoreCase: true))
                    : null,
            },
        };
    }

    /// <summary>Records a new mission and executes it.</summary>
    public async Task<int> Start(MissionRequest request, CancellationToken cancellation)
    {
        var id = await Create(request);
        return await Follow(id, await Execute(id, acceptChanges: false, cancellation), approved: false, cancellation);
    }

    /// <summary>Records a mission.</summary>
    /// <param name="name">As in <see cref="RunEngine.Create"/>.</param>
    /// <returns>Its id.</returns>
    public async Task<string> Create(MissionRequest request, string? name = null)
    {
        place.Governing.RequireLeave("mission");
        RequireAgents(request.Agent);
        var id = await place.Engine.Create(Workflow(), request, $"mission: {Readable.Line(request.Objective, 100)}", Settings(), name);
        application.Terminal.Note($"mission {id}: from {request.Base[..10]} to {request.Green}, {request.Settings.Workers} workers at most; stop with Ctrl-C or 'autopilot mission stop'");
        return id;
    }

    /// <summary>A request that starts where green is now.</summary>
    public async Task<MissionRequest> From(MissionRequest request, CancellationToken cancellation)
    {
        var (start, before) = await Mission().Start(request.Green, cancellation);
        return request with { Base = start, GreenBefore = before };
    }

    /// <summary>Begins what a mission of a chain proposed at its end.</summary>
    public async Task<int> Next(string id, CancellationToken cancellation)
    {
        place.Governing.RequireLeave("mission next");
        if ((await MissionReplay.Report(place.Engine, id)).Proposal is null)
            throw new UserErrorException($"Mission {id} proposes no next one. A mission of a chain does, at its end: autopilot mission --chain \"OBJECTIVE\"");
        return await Follow(id, ExitCodes.Done, approved: true, cancellation);
    }

    /// <summary>Goes on with a mission that was interrupted or killed.</summary>
    public async Task<int> Resume(string id, bool acceptChanges, CancellationToken cancellation)
    {
        if ((await place.Engine.Get(id)).State != RunState.Completed)
        {
            place.Governing.RequireLeave("mission resume");
            RequireAgents((await MissionReplay.Request(place.Engine, id)).Agent);
        }

        return await Follow(id, await Execute(id, acceptChanges, cancellation), approved: false, cancellation);
    }

    /// <summary>Pushes what a mission landed, now.</summary>
    public async Task<int> Push(string id, CancellationToken cancellation)
    {
        place.Governing.RequireLeave("mission push");
        await place.Confinement.Sandbox(cancellation);
        var (request, report) = (await MissionReplay.Request(place.Engine, id), await MissionReplay.Report(place.Engine, id));
        request = request with { PushTo = await Mission().PushTarget(request.Green, cancellation) };
        var pushed = await new HandPush(id, request, await Mission().Parts(id, request, cancellation), report.Commit).Push(cancellation);
        if (json) application.Terminal.Json(pushed, MissionReportJson.Default.PushReport);
        else application.Terminal.Result(pushed.Text);
        return pushed.Missing is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>One plan, shown and forgotten.</summary>
    public async Task<int> PlanOnly(MissionRequest request, CancellationToken cancellation)
    {
        place.Governing.RequireLeave("mission --dry-run");
        RequireAgents(request.Agent);
        var id = $"plan-{application.Clock.GetUtcNow():yyyyMMdd-HHmmss}";
        var mission = Mission();
        var effects = new MissionEffects(id, request, await mission.Parts(id, request, cancellation));
        var state = request.Start(application.Clock.GetUtcNow()) with { Green = request.Base };
        var fact = await effects.Carry(new MakePlan(1, 1), state, cancellation);
        if (fact is PlanFailed failed) throw new UserErrorException($"The planner's answer cannot be used: {failed.Detail}", ExitCodes.Failed);
        var outcomes = (await mission.Past(id, cancellation)).SelectMany(m => m.Outcomes).ToList();
        PlanText.Print(application.Terminal, (PlanMade)fact, request.Settings.Workers, outcomes, json);
        return ExitCodes.Done;
    }

    /// <summary>Executes a recorded mission and tells how it ended.</summary>
    public async Task<int> Execute(string id, bool acceptChanges, CancellationToken cancellation)
    {
        await place.Confinement.Sandbox(cancellation);
        EndSurvivors();
        var workflow = Workflow();
        var governor = place.Governing.Governor;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, governor.Stopping);
        var ended = await place.Engine.Execute(workflow, id, Settings(), acceptChanges, stopping.Token);
        if (ended.State == RunState.Waiting) await TellWhatIsOpen(id);
        if (ended.WaitingFor == Suspend.SafeStop) application.Terminal.Warn($"The governor lets nothing begin: {(await governor.Level()).Reason}. See 'autopilot status'.");
        if (ended.State != RunState.Completed) application.Terminal.Note($"The mission is not at its end. Go on with: autopilot mission resume {id}");
        cancellation.ThrowIfCancellationRequested();
        if (governor.StopCause is { } cause && ended.State != RunState.Completed) throw new UserErrorException($"Stopped by the governor: {StopCauses.Explain(cause)}", ExitCodes.Refused);
        RunFailedException.ThrowIfFailed(ended, place.State.FolderOf);
        if (ended.State != RunState.Completed) return ExitCodes.Blocked;
        var report = workflow.ResultOf(ended);
        if (json) application.Terminal.Json(report, MissionReportJson.Default.MissionReport);
        else MissionSummary.Print(application.Terminal, report, place.State.FolderOf(id));
        return MissionResults.ExitCode(Enum.Parse<MissionResult>(report.Result, ignoreCase: true));
    }

    /// <summary>Waiting does not install anything, so a mission does not begin with a role that nobody here can play.</summary>
    private void RequireAgents(string? agent)
    {
        var roles = place.RolesWith(agent);
        foreach (var role in Roles)
            if (roles.Resolve(role) is RoleTarget.OfAgent target && place.Agents.Missing(target.Name) is { } advice)
                throw new UserErrorException($"The role {role} is played by {target.Name}. {advice}", ExitCodes.Failed);
    }

    private async Task TellWhatIsOpen(string id)
    {
        foreach (var asked in (await place.Approvals.LookAtAll(id)).Where(q => q.Answer is null))
            application.Terminal.Warn($"{Readable.Line(asked.Question.Text, 200)} Look at it with 'autopilot approvals show {id}/{asked.Key}', then 'approvals approve' or 'approvals deny'{(asked.DueAt is { } due ? $"; {due:u} {asked.Question.OnTimeout} holds" : "")}.");
    }

    /// <summary>Goes on with what comes after a mission.</summary>
    /// <returns>What the last one ended with.</returns>
    private async Task<int> Follow(string id, int code, bool approved, CancellationToken cancellation)
    {
        var missions = new ChainedMissions(application, place, this, code);
        await new MissionChain(missions).Follow(id, approved, cancellation);
        return missions.Code;
    }

    private Workflow<MissionRequest, MissionReport> Workflow() => MissionWorkflow.Of(Opened, view.Saw);

    // What a mission works with is opened when its replay is over.
    private Task<MissionParts> Opened(string id, MissionRequest request, CancellationToken cancellation)
    {
        view.GoesLive();
        return Mission().Parts(id, request, cancellation);
    }

    private MissionPlace Mission() => new(application, place, place.Governing.Governor, MissionView.Saw);

    /// <summary>What a resume compares: what decides over green, and how the agents are set up.</summary>
    private RunSettings Settings() => new(
        place.Configuration.Values()
            .Where(v => v.Path == VerifyKeys.Verify.Name || v.Path == SessionKeys.Sandbox.Name || v.Path.StartsWith("agents.", StringComparison.Ordinal) || v.Path.StartsWith("roles.", StringComparison.Ordinal))
            .Select(v => v.Safe(place.Redactor)));

    private void EndSurvivors()
    {
        foreach (var survivor in place.Registry.EndSurvivors())
            application.Terminal.Warn($"Ended process {survivor.Identity.Pid} that an Autopilot which was killed had left behind ({Readable.Line(survivor.StartedFor, 80)}).");
    }
}
