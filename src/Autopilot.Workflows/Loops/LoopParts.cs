using Autopilot.Core.Agents;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Loops.Spaces;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Loops;

/// <summary>What a loop works with.</summary>
public sealed record LoopParts
{
    public required LoopTemplates Templates { get; init; }

    /// <summary>Runs one session of an agent.</summary>
    public required Func<SessionOrder, CancellationToken, Task<AgentOutcome>> Session { get; init; }

    /// <summary>Who plays a role now.</summary>
    public required Func<string, (IAgent Agent, string? Model)> AgentFor { get; init; }

    public required IVerifier Verifier { get; init; }

    /// <summary>Where the run works.</summary>
    public required ILoopSpace Space { get; init; }

    /// <summary>The folder of the run's readable files.</summary>
    public required string Folder { get; init; }

    public required Func<string, string> Redact { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Of one turn.</summary>
    public AgentLimits Limits { get; init; } = new();

    /// <summary>Whether a folder loses its write bits while somebody works there who only reads: where no sandbox holds agents.</summary>
    public bool ProtectsFolders { get; init; }

    /// <summary>Told of each step on the way: its key, and what it is in words for a person.</summary>
    public Action<string, string> Progress { get; init; } = (_, _) => { };
}
