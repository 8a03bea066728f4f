using Autopilot.Core.Governance;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Verification;
using Autopilot.Engine.Approvals;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Workspaces;
using Autopilot.Workflows.Prompts;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions;

/// <summary>What a mission works with.</summary>
public sealed record MissionParts
{
    public required AgentSessions Sessions { get; init; }

    public required IRoleDesk Desk { get; init; }

    public required PromptTemplates Prompts { get; init; }

    public required IVerifier Verifier { get; init; }

    public required WorkspacePool Workspaces { get; init; }

    public required Checkpoint Checkpoints { get; init; }

    public required Integration Integration { get; init; }

    public required GreenBranch Green { get; init; }

    public required ApprovalDesk Approvals { get; init; }

    public required IDegradation Degradation { get; init; }

    /// <summary>Where green is pushed to; null where it is not.</summary>
    public RemoteBranch? Remote { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Where to tell what a person should know besides the facts.</summary>
    public MissionNotices Notices { get; init; } = new(_ => { });

    /// <summary>Counts faults, by a name and labels; must not block.</summary>
    public Action<string, string> Count { get; init; } = (_, _) => { };

    /// <summary>The earlier missions of the repository, the newest first.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<PastMission>>> Past { get; init; }

    /// <summary>The last commits up to one, a line each.</summary>
    public required Func<string, CancellationToken, Task<string>> Log { get; init; }

    /// <summary>The project's own instructions for agents (AGENTS.md, CLAUDE.md), cut to a bearable length.</summary>
    public required string Instructions { get; init; }

    /// <summary>The folder of the run's readable files.</summary>
    public required string Folder { get; init; }
}
