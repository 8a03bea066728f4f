using Autopilot.Agents.Launching;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Agents.Pricing;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Supervision;

/// <summary>The effects that agents need, in one hand.</summary>
public sealed record AgentShell
{
    public required IProcessSupervisor Processes { get; init; }

    public required IWorkspaceObserver Workspaces { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Autopilot's own environment.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public PriceTable Prices { get; init; } = PriceTable.Default;

    /// <summary>Puts sessions into a sandbox; null to run them without one.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>By how many bytes a session's workspace may grow; null for no limit. A request's own limit goes before.</summary>
    public long? WorkspaceBytes { get; init; }

    /// <summary>Knows the sessions while they run.</summary>
    public LiveSessions Sessions { get; init; } = new();

    /// <summary>Counts what is refused or goes wrong, by a name and labels; must not block.</summary>
    public Action<string, string> Count { get; init; } = (_, _) => { };

    /// <summary>The configuration of the user's repository, absolute, which no agent may bring into being; null for none.</summary>
    public string? Configuration { get; init; }

    /// <summary>Tells the user what must not be overlooked.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    internal string Home => Variables.GetValueOrDefault("HOME") ?? "/";

    internal Surroundings Surroundings(string scratch, bool sandboxed) => new() { Variables = Variables, Scratch = scratch, Sandboxed = sandboxed };

    /// <summary>The request with the limits that hold for all.</summary>
    internal AgentRequest Limited(AgentRequest request) => request with { Limits = request.Limits with { WorkspaceBytes = request.Limits.WorkspaceBytes ?? WorkspaceBytes } };

    /// <summary>Moves aside a configuration that appeared while an agent worked.</summary>
    /// <returns>The note of it; null when there is none.</returns>
    internal AgentStatus? Settled(ConfigurationGuard? guard)
    {
        if (guard?.Settle() is not { } what) return null;
        Count("autopilot_configurations_quarantined_total", "");
        Warn(what);
        return new AgentStatus(what);
    }

    /// <summary>What of the machine one session sees.</summary>
    /// <exception cref="UserErrorException">A sandbox is required, and there is none.</exception>
    internal async Task<SessionPlace> Place(AgentRequest request, CancellationToken cancellation) =>
        new(request, Confinement is null ? null : await Confinement.Sandbox(cancellation), Confinement?.Rules);
}
