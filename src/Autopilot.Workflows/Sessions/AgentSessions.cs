using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories;
using Autopilot.Engine.Recording;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Workflows.Sessions;

/// <summary>Runs agent sessions for workflows: each permitted, recorded and settled, and after a crash continued where the dead process left it. One that had come to its end is not run again.</summary>
public sealed class AgentSessions(SessionParts parts)
{
    private const string Resumed = "You were interrupted. Look at the state of the files, then continue the task from where it stopped.";

    /// <exception cref="PermitRefusedException">The governor refuses it.</exception>
    /// <returns>How it ended; with what it cost in all its parts since it last ended otherwise than by being stopped.</returns>
    /// <exception cref="SessionStoppedException">It was stopped; the recording says so.</exception>
    public async Task<AgentOutcome> Run(SessionOrder order, CancellationToken cancellation)
    {
        var players = SessionPlayer.Of(order, parts);
        foreach (var player in players)
            if (Finished(order, player.Past) is { } finished) return finished;
        return await ProviderChoice.Relay(
            parts.Governor,
            players,
            one => one.Agent.Vendor,
            parts.Clock,
            player => Play(player.Takes(order), player, player == players[0] ? null : players[0], cancellation),
            cancellation);
    }

    private async Task<AgentOutcome> Play(SessionOrder order, SessionPlayer player, SessionPlayer? instead, CancellationToken cancellation)
    {
        var outcome = await Part(order, player, instead, cancellation);
        // Nobody is there to be asked: what the agent no longer has begins anew, with what the recording knows.
        return outcome.Failure == FailureKind.SessionLost ? await Part(order, player, instead, cancellation) : outcome;
    }

    private static AgentOutcome? Finished(SessionOrder order, PastSession? past) =>
        past?.Finished is { } finished && order.Adopts(finished) && !(order.InNewWorkspace && order.Access == AgentAccess.Write) ? finished : null;

    private async Task<AgentOutcome> Part(SessionOrder order, SessionPlayer player, SessionPlayer? instead, CancellationToken cancellation)
    {
        var (agent, model, recording, past) = (player.Agent, player.Model, player.Recording, player.Past);
        if (Finished(order, past) is { } finished) return finished;
        await using var permit = await parts.Governor.Acquire(Permit(order, agent, model), cancellation);
        var request = Request(order, agent, model, past, permit.LimitUsd);
        using var recorder = past is null
            ? TrajectoryRecorder.Create(recording, Header(order, agent, model, request), parts.Redactor, parts.Clock)
            : TrajectoryRecorder.Resume(recording, request.ResumeSessionId, request.Prompt, parts.Redactor, parts.Clock);
        if (instead is not null) await Take(order, recorder, new AgentStatus($"{agent.Name} stands in for {instead.Agent.Name}, whose provider {instead.Agent.Vendor} is limited or down"));
        var outcome = await agent.RunAsync(request with { MoreFollow = recorder.Gather }, value => Take(order, recorder, value), cancellation);
        recorder.End(outcome);
        if (parts.Governor is IProviderHealth health) await health.Report(permit, outcome, CancellationToken.None);
        await permit.Settle(outcome.Usage, outcome.Charge(agent.Capabilities.SpendsMoney, permit.LimitUsd), CancellationToken.None);
        var cost = past?.StoppedUsd > 0 ? past.StoppedUsd + (outcome.CostUsd ?? 0) : outcome.CostUsd;
        if (outcome.Kind == OutcomeKind.Cancelled && cancellation.IsCancellationRequested) throw new SessionStoppedException(cost ?? 0, cancellation);
        return outcome with { CostUsd = cost };
    }

    private ValueTask Take(SessionOrder order, TrajectoryRecorder recorder, AgentEvent value)
    {
        parts.Observe(order.Key, recorder.Record(value));
        return ValueTask.CompletedTask;
    }

    private PermitRequest Permit(SessionOrder order, IAgent agent, string? model) => new()
    {
        Kind = "session",
        RunId = order.RunId,
        Role = order.Role,
        Agent = agent.Name,
        Model = model,
        Provider = agent.Vendor,
        SpendsMoney = agent.Capabilities.SpendsMoney,
        CapUsd = order.Limits.BudgetUsd,
    };

    private static AgentRequest Request(SessionOrder order, IAgent agent, string? model, PastSession? past, decimal? limitUsd)
    {
        // The identity is chosen before the start, so that a crash cannot lose it; each continuation that starts anew needs another.
        var session = agent.Capabilities.Resumes && past is not { IsLost: true } ? order.Continues ?? past?.SessionId : null;
        var isAgain = past is not null && session is not null && order.Continues is null;
        return new AgentRequest
        {
            Prompt = isAgain ? Resumed : Prompt(order, past),
            Workspace = order.Workspace,
            Model = model,
            NewSessionId = session is null ? IdOf(order, past) : null,
            ResumeSessionId = session,
            UsageBefore = session is null ? TokenUsage.None : order.UsageBefore + (past?.Usage ?? TokenUsage.None),
            Access = order.Access,
            AnswerSchema = order.AnswerSchema,
            Limits = order.Limits with { BudgetUsd = limitUsd },
        };
    }

    private static string Prompt(SessionOrder order, PastSession? past) =>
        past is { IsLost: true, WhatWasDone: { Length: > 0 } done } ? $"{order.Prompt}\n\n{SessionPlan.DigestIntroduction} What is known of it:\n\n{done}" : order.Prompt;

    private static string IdOf(SessionOrder order, PastSession? past) =>
        Guid.ParseExact(EffectIdentity.Of(order.RunId, $"{order.Key}/{past?.Entries ?? 0}"), "N").ToString("D");

    private TrajectoryHeader Header(SessionOrder order, IAgent agent, string? model, AgentRequest request) => new(parts.Clock.GetUtcNow())
    {
        RunId = order.RunId,
        SessionId = request.NewSessionId ?? request.ResumeSessionId,
        Agent = agent.Name,
        Model = model,
        WorkingFolder = order.Workspace,
        Prompt = request.Prompt,
        Version = parts.Version,
    };

}
