using Autopilot.Platform.Processes;

namespace Autopilot.Platform.Sandbox;

/// <summary>Puts a program into a sandbox.</summary>
public interface ISandbox
{
    /// <summary>The same program, run inside.</summary>
    /// <param name="spec">The program.</param>
    /// <param name="policy">What it may do.</param>
    /// <param name="door">The way out of it, where the policy needs one; see <see cref="SandboxCell"/>.</param>
    /// <param name="decoys">What stands in the place of hidden paths; null where reading them is not looked at.</param>
    /// <exception cref="ExecutableNotFoundException">There is no such program.</exception>
    ProcessSpec Wrap(ProcessSpec spec, SandboxPolicy policy, SandboxDoor? door = null, Decoys? decoys = null);
}
