using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Git.Repository;

namespace Autopilot.Workflows.Tasks;

/// <summary>The effect of a task: an agent session, permitted, recorded, settled. A rerun continues what a dead process left, and a stand-in what another's provider did not allow, in the same record.</summary>
internal sealed class SessionStep(IRun run, TaskRequest request, TaskParts parts, DateTimeOffset startedAt, string? at)
{
    private readonly RecordingPlace place = new(run.Id, request, parts.RunFolder(run.Id), startedAt);

    public async Task<SessionResult> Run(CancellationToken cancellation)
    {
        var folder = at is not null ? await parts.Isolation!.Enter(run.Id, at, cancellation) : request.Folder;
        var (existing, past) = Recorded();
        if (past?.Finished is { } finished && IsOurs(past) && existing is not null) return new SessionResult(finished, existing, past.Summary.Agent);
        var players = Players(past);
        SessionResult? last = null;
        var ended = await ProviderChoice.Relay(parts.Governor, players, one => parts.Agents(one.Name).Vendor, parts.Clock, Play, cancellation);
        return last! with { Outcome = ended };

        async Task<AgentOutcome> Play(TaskAgent player)
        {
            last = await Part(player, player == players[0] ? null : players[0], folder, cancellation);
            return last.Outcome;
        }
    }

    /// <summary>The record that is gone on with, and what it tells; without one, what another form tells that is continued.</summary>
    private (string? Existing, PastSession? Past) Recorded()
    {
        var existing = place.Existing() is { } begun && TrajectoryFile.IsBegun(begun) ? begun : null;
        return (existing, Past(existing ?? request.Continues));
    }

    /// <summary>Those who may play, in order; but whoever has begun goes before.</summary>
    private TaskAgent[] Players(PastSession? past) =>
        [.. request.Otherwise.Prepend(new TaskAgent(request.Agent, request.Model)).OrderByDescending(one => one.Name == past?.Summary.Agent)];

    private async Task<SessionResult> Part(TaskAgent player, TaskAgent? instead, string folder, CancellationToken cancellation)
    {
        var agent = parts.Agents(player.Name);
        var (existing, past) = Recorded();
        var before = past?.Summary.Agent is { } other && other != player.Name ? other : null;
        var plan = SessionPlan.Decide(run.Id, request, parts.Directions, past, agent.Capabilities.Resumes, before);
        await using var permit = await parts.Governor.Acquire(Permit(agent, player.Model), cancellation);
        using var recorder = existing is null
            ? Begin(plan, player, folder, await Head(folder, cancellation))
            : TrajectoryRecorder.Resume(existing, plan.ResumeSessionId, plan.Prompt, parts.Redactor, parts.Clock, before is null ? null : (player.Name, player.Model));
        var note = instead is null ? plan.Note : $"{agent.Name} stands in for {instead.Name}, whose provider {parts.Agents(instead.Name).Vendor} is limited or down";
        parts.Observer.Began(agent.Name, folder, recorder.Path, note);
        if (instead is not null) recorder.Record(new AgentStatus(note!));
        var outcome = await agent.RunAsync(Request(plan, player, past, folder, permit.LimitUsd) with { MoreFollow = recorder.Gather }, value => Observe(recorder, value), cancellation);
        if (outcome.Kind == OutcomeKind.Cancelled) outcome = outcome with { Detail = parts.StopCause() is { } cause ? $"The session was {cause}." : outcome.Detail };
        recorder.End(outcome);
        var safe = Redacted(outcome);
        parts.Observer.Ended(safe);
        if (parts.Governor is IProviderHealth health) await health.Report(permit, outcome, CancellationToken.None);
        await permit.Settle(outcome.Usage, outcome.Charge(agent.Capabilities.SpendsMoney, permit.LimitUsd), CancellationToken.None);
        // A session that was stopped is not done: the step stays open, and a resume goes on with it.
        if (outcome.Kind == OutcomeKind.Cancelled) cancellation.ThrowIfCancellationRequested();
        return new SessionResult(safe, recorder.Path, agent.Name);
    }

    /// <summary>The journal is written to the disk as well, so nothing goes there that the recording would mask.</summary>
    private AgentOutcome Redacted(AgentOutcome outcome) =>
        ((TrajectoryEnd)new TrajectoryEnd(0, parts.Clock.GetUtcNow(), outcome).Redacted(parts.Redactor)).Outcome;

    /// <summary>Whether it was this run whose session ended, and nobody has more to say to it: then it is not run again.</summary>
    private bool IsOurs(PastSession past) => past.Summary.EndedAt >= startedAt && parts.Directions is { NextPrompt: null, Fresh: false };

    private static PastSession? Past(string? recording) =>
        recording is null ? null : PastSession.Of(TrajectoryFile.Read(recording, new ReadReport(Path.GetFileName(recording))));

    private PermitRequest Permit(IAgent agent, string? model) => new()
    {
        Kind = "session",
        RunId = run.Id,
        Role = "worker",
        Agent = agent.Name,
        Model = model,
        Provider = agent.Vendor,
        SpendsMoney = agent.Capabilities.SpendsMoney,
        CapUsd = parts.Directions.BudgetUsd ?? request.BudgetUsd,
    };

    private async Task<HeadPosition?> Head(string folder, CancellationToken cancellation) =>
        parts.Git is { } git ? await HeadPosition.Of(git, folder, cancellation) : null;

    private TrajectoryRecorder Begin(SessionPlan plan, TaskAgent player, string folder, HeadPosition? head)
    {
        var header = new TrajectoryHeader(parts.Clock.GetUtcNow())
        {
            RunId = run.Id,
            SessionId = plan.NewSessionId ?? plan.ResumeSessionId,
            Agent = player.Name,
            Model = player.Model,
            WorkingFolder = folder,
            RepositorySha = head?.Commit,
            Branch = request.Isolated ? request.BranchOf(run.Id) : head?.Branch,
            Prompt = plan.Prompt,
            Version = parts.Version,
        };
        return place.Begin(path => TrajectoryRecorder.Create(path, header, parts.Redactor, parts.Clock));
    }

    private AgentRequest Request(SessionPlan plan, TaskAgent player, PastSession? past, string folder, decimal? limitUsd) => new()
    {
        Prompt = plan.Prompt,
        Workspace = folder,
        Model = player.Model,
        NewSessionId = plan.NewSessionId,
        ResumeSessionId = plan.ResumeSessionId,
        UsageBefore = plan.ResumeSessionId is null ? TokenUsage.None : past!.Usage,
        Limits = new AgentLimits { Turns = request.MaxTurns, BudgetUsd = limitUsd, WallClock = request.Timeout, Silence = request.Silence },
    };

    private ValueTask Observe(TrajectoryRecorder recorder, AgentEvent value)
    {
        parts.Observer.Saw(recorder.Record(value));
        return ValueTask.CompletedTask;
    }
}
