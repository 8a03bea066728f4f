using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Workflows.Loops;
using Autopilot.Workflows.Loops.Spaces;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Composition;

/// <summary>What a loop in one workspace is made of.</summary>
/// <param name="protects">Whether only file modes keep readers from writing.</param>
/// <param name="agent">Who takes over from the agent that the run began with; null for nobody.</param>
internal sealed class LoopPlace(Application application, Workplace place, IGovernor governor, string? agent, string? model, bool protects, Action<string, string> progress)
{
    /// <summary>The pairs and their prompts, with those of the user's own.</summary>
    public static LoopTemplates Templates(Workplace place) => new(
    [
        .. place.Configuration.Get(LoopKeys.Templates) is { } own ? [Path.GetFullPath(own, place.Root)] : Array.Empty<string>(),
        Path.Combine(place.Root, ".autopilot", "prompts"),
    ]);

    public LoopParts Parts(string runId, LoopRequest request)
    {
        var sessions = new AgentSessions(new SessionParts
        {
            AgentFor = role => AgentFor(request, role),
            Otherwise = role => [.. place.RolesWith(agent ?? request.Agent).ResolveAgents(role).Skip(1).Select(target => (place.Agents.Get(target.Name), model ?? request.Model ?? target.Model))],
            Governor = governor,
            Redactor = place.Redactor,
            Clock = application.Clock,
            RunFolder = place.State.FolderOf,
            Version = ProductVersion.Text,
        });
        return new LoopParts
        {
            Templates = Templates(place),
            Session = sessions.Run,
            AgentFor = role => AgentFor(request, role),
            Verifier = new MissionPlace(application, place, governor, (_, _) => { }).Verifier(),
            Space = Space(runId, request),
            Folder = place.State.FolderOf(runId),
            Redact = place.Redactor.Redact,
            Clock = application.Clock,
            Limits = new AgentLimits { WallClock = place.Configuration.Get(LoopKeys.TurnTime), Silence = place.Configuration.Get(SessionKeys.Silence), Turns = place.Configuration.Get(SessionKeys.MaxTurns), BudgetUsd = place.Configuration.Get(BudgetKeys.Session) },
            ProtectsFolders = protects,
            Progress = progress,
        };
    }

    private ILoopSpace Space(string runId, LoopRequest request)
    {
        if (!request.Git) return new SnapshotLoopSpace(Path.Combine(place.Root, request.Below), place.State.FolderOf(runId), application.Clock);
        var settings = new GitSpaceSettings(runId, place.Root, request.Below, application.Places.WorkspacesOf(place.Root), Path.Combine(place.Root, ".autopilot", "operations.jsonl"), request.BranchOf(runId)) { Watch = place.Watch };
        var gate = new MergeGate(governor, runId);
        return request.InPlace ? new InPlaceLoopSpace(place.Git, settings, application.Clock, gate) : new GitLoopSpace(place.Git, settings, application.Clock, gate);
    }

    private (IAgent Agent, string? Model) AgentFor(LoopRequest request, string role)
    {
        var target = place.RolesWith(agent ?? request.Agent).ResolveAgent(role);
        return (place.Agents.Get(target.Name), model ?? request.Model ?? target.Model);
    }
}
