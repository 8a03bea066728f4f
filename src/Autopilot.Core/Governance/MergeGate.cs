using Autopilot.Core.Agents;

namespace Autopilot.Core.Governance;

/// <summary>
/// Leave to move a branch that others rely on: green, a branch of a remote, what a loop shows of its work. It costs nothing; kill
/// switch and mode refuse it, and read-only and safe stop hold it back.
/// </summary>
/// <param name="governor">The authority that is asked.</param>
/// <param name="runId">The run that merges.</param>
public sealed class MergeGate(IGovernor governor, string runId)
{
    /// <summary>The kind of its permits.</summary>
    public const string Kind = "merge";

    /// <summary>Moves the branch under a permit.</summary>
    /// <exception cref="PermitRefusedException">Nothing may be merged now; the branch was not touched.</exception>
    public async Task<T> Pass<T>(Func<Task<T>> merge, CancellationToken cancellation)
    {
        var request = new PermitRequest { Kind = Kind, RunId = runId, Role = Kind, SpendsMoney = false };
        await using var permit = await governor.Acquire(request, cancellation);
        var done = await merge();
        await permit.Settle(TokenUsage.None, null, CancellationToken.None);
        return done;
    }
}
