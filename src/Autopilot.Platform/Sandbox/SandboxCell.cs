using Autopilot.Core;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>One program with its sandbox, and what must stand beside it as long as it runs.</summary>
/// <param name="spec">The program as it is started.</param>
/// <param name="door">The way out for it; null for none.</param>
/// <param name="decoys">What stands in the place of what is hidden; null for none.</param>
/// <param name="guarded">See <see cref="Guarded"/>.</param>
public sealed class SandboxCell(ProcessSpec spec, SandboxDoor? door = null, Decoys? decoys = null, IReadOnlyList<string>? guarded = null) : IAsyncDisposable
{
    private int disposed;

    public ProcessSpec Spec => spec;

    /// <summary>What is hidden or protected by name, absolute: an attempt at it matters whatever else is tried.</summary>
    public IReadOnlyList<string> Guarded => guarded ?? [];

    /// <summary>Prepares a sandbox for one program.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="spec">The program.</param>
    /// <param name="policy">What it may do.</param>
    /// <param name="refused">Told, in words and from any thread, what it tried and was not allowed, as far as that is seen out here.</param>
    /// <exception cref="UserErrorException">The policy cannot be enforced here.</exception>
    /// <exception cref="ExecutableNotFoundException">There is no such program.</exception>
    public static async Task<SandboxCell> Prepare(ISandbox sandbox, ProcessSpec spec, SandboxPolicy policy, Action<string> refused)
    {
        policy = policy with { Watch = CallFilter.Possible(policy.Watch) };
        var door = SandboxDoor.Open(policy, refused);
        Decoys? decoys = null;
        try
        {
            decoys = Decoys.Prepare(policy, refused);
            return new SandboxCell(sandbox.Wrap(spec, policy, door, decoys), door, decoys, MountPlan.Guarded(policy));
        }
        catch
        {
            decoys?.Dispose();
            if (door is not null) await door.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has what was read of hidden things until now told before it returns.</summary>
    public void NoteReads() => decoys?.Note();

    /// <summary>Closes what stands beside it; more than once does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        if (door is not null) await door.DisposeAsync();
        decoys?.Dispose();
    }
}
