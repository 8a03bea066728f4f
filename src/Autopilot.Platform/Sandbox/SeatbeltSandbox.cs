using Autopilot.Platform.Processes;

namespace Autopilot.Platform.Sandbox;

/// <summary>Seatbelt, on macOS.</summary>
public sealed class SeatbeltSandbox : ISandbox
{
    internal const string Executable = "/usr/bin/sandbox-exec";

    // sandbox-exec applies the profile and becomes the program, so there is no wrapper to spare.
    public ProcessSpec Wrap(ProcessSpec spec, SandboxPolicy policy, SandboxDoor? door = null, Decoys? decoys = null) => spec with
    {
        Executable = Executable,
        Arguments = ["-p", SeatbeltProfile.For(policy, MountPlan.For(policy), door is null ? [] : [door.ProxyPort, .. door.Direct]), spec.Executable, .. spec.Arguments],
        Environment = door is null ? spec.Environment : spec.Environment.Where(own => door.Variables().All(set => set.Key != own.Key)).Concat(door.Variables()).ToDictionary(),
    };
}
