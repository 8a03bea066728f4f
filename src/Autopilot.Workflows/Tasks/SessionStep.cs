using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Git.Repository;

namespace Autopilot.Workflows.Tasks;

/// <summary>The effect of a task: one part of an agent session, permitted, recorded, settled. A rerun continues what a dead process left.</summary>
internal sealed class SessionStep(IRun run, TaskRequest ordered, TaskParts parts, DateTimeOffset startedAt, string? at)
{
    private TaskRequest request = ordered;
    private readonly RecordingPlace place = new(run.Id, ordered, parts.RunFolder(run.Id), startedAt);

    public async Task<SessionResult> Run(CancellationToken cancellation)
    {
        var folder = at is not null ? await parts.Isolation!.Enter(run.Id, at, cancellation) : request.Folder;
        var existing = place.Existing() is { } begun && TrajectoryFile.IsBegun(begun) ? begun : null;
        var past = Past(existing ?? request.Continues);
        if (past?.Finished is { } finished && IsOurs(past) && existing is not null) return new SessionResult(finished, existing);
        var agent = await Agent(past, cancellation);
        var plan = SessionPlan.Decide(run.Id, request, parts.Directions, past, agent.Capabilities.Resumes);
        await using var permit = await parts.Governor.Acquire(Permit(agent), cancellation);
        using var recorder = existing is null ? Begin(plan, folder, await Head(folder, cancellation)) : TrajectoryRecorder.Resume(existing, plan.ResumeSessionId, plan.Prompt, parts.Redactor, parts.Clock);
        parts.Observer.Began(agent.Name, folder, recorder.Path, plan.Note);
        var outcome = await agent.RunAsync(Request(plan, past, folder, permit.LimitUsd) with { MoreFollow = recorder.Gather }, value => Observe(recorder, value), cancellation);
        if (outcome.Kind == OutcomeKind.Cancelled) outcome = outcome with { Detail = parts.StopCause() is { } cause ? $"The session was {cause}." : outcome.Detail };
        recorder.End(outcome);
        parts.Observer.Ended(outcome);
        if (parts.Governor is IProviderHealth health) await health.Report(permit, outcome, CancellationToken.None);
        await permit.Settle(outcome.Usage, outcome.CostUsd, CancellationToken.None);
        // A session that was stopped is not done: the step stays open, and a resume goes on with it.
        if (outcome.Kind == OutcomeKind.Cancelled) cancellation.ThrowIfCancellationRequested();
        return new SessionResult(Redacted(outcome), recorder.Path);
    }

    /// <summary>Who has begun goes on; otherwise whoever's provider is to be had.</summary>
    private async Task<IAgent> Agent(PastSession? past, CancellationToken cancellation)
    {
        IReadOnlyList<TaskAgent> all = [new(request.Agent, request.Model), .. request.Otherwise];
        var chosen = past is null
            ? await ProviderChoice.Choose(parts.Governor, all, one => parts.Agents(one.Name).Vendor, parts.Clock, cancellation)
            : all.FirstOrDefault(one => one.Name == past.Summary.Header?.Agent) ?? all[0];
        request = request with { Agent = chosen.Name, Model = chosen.Model };
        return parts.Agents(chosen.Name);
    }

    /// <summary>The journal is written to the disk as well, so nothing goes there that the recording would mask.</summary>
    private AgentOutcome Redacted(AgentOutcome outcome) =>
        ((TrajectoryEnd)new TrajectoryEnd(0, parts.Clock.GetUtcNow(), outcome).Redacted(parts.Redactor)).Outcome;

    /// <summary>Whether it was this run whose session ended, and nobody has more to say to it: then it is not run again.</summary>
    private bool IsOurs(PastSession past) => past.Summary.EndedAt >= startedAt && parts.Directions is { NextPrompt: null, Fresh: false };

    private static PastSession? Past(string? recording) =>
        recording is null ? null : PastSession.Of(TrajectoryFile.Read(recording, new ReadReport(Path.GetFileName(recording))));

    private PermitRequest Permit(IAgent agent) => new()
    {
        Kind = "session",
        RunId = run.Id,
        Role = "worker",
        Agent = agent.Name,
        Model = request.Model,
        Provider = agent.Vendor,
        SpendsMoney = agent.Capabilities.SpendsMoney,
        CapUsd = parts.Directions.BudgetUsd ?? request.BudgetUsd,
    };

    private async Task<HeadPosition?> Head(string folder, CancellationToken cancellation) =>
        parts.Git is { } git ? await HeadPosition.Of(git, folder, cancellation) : null;

    private TrajectoryRecorder Begin(SessionPlan plan, string folder, HeadPosition? head)
    {
        var header = new TrajectoryHeader(parts.Clock.GetUtcNow())
        {
            RunId = run.Id,
            SessionId = plan.NewSessionId ?? plan.ResumeSessionId,
            Agent = request.Agent,
            Model = request.Model,
            WorkingFolder = folder,
            RepositorySha = head?.Commit,
            Branch = request.Isolated ? request.BranchOf(run.Id) : head?.Branch,
            Prompt = plan.Prompt,
            Version = parts.Version,
        };
        return place.Begin(path => TrajectoryRecorder.Create(path, header, parts.Redactor, parts.Clock));
    }

    private AgentRequest Request(SessionPlan plan, PastSession? past, string folder, decimal? limitUsd) => new()
    {
        Prompt = plan.Prompt,
        Workspace = folder,
        Model = request.Model,
        NewSessionId = plan.NewSessionId,
        ResumeSessionId = plan.ResumeSessionId,
        UsageBefore = plan.ResumeSessionId is null ? TokenUsage.None : past!.Summary.Usage,
        Limits = new AgentLimits { Turns = request.MaxTurns, BudgetUsd = limitUsd, WallClock = request.Timeout, Silence = request.Silence },
    };

    private ValueTask Observe(TrajectoryRecorder recorder, AgentEvent value)
    {
        recorder.Record(value);
        parts.Observer.Saw(value);
        return ValueTask.CompletedTask;
    }
}
