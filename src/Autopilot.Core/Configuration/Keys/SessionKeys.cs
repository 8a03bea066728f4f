using Autopilot.Core.Network;

namespace Autopilot.Core.Configuration;

/// <summary><c>session:</c> and what else holds for every agent session.</summary>
public static class SessionKeys
{
    private static readonly Shape<IReadOnlyList<string>> Paths = new ListShape<string>(new TextShape("a path"), "a list of paths");

    /// <summary>Whether agents run sandboxed.</summary>
    public static Key<string> Sandbox { get; } = new("sandbox", new ChoiceShape("required", "preferred", "off"), "preferred",
        "Whether agents run in a sandbox: required refuses to work without one, preferred warns, off does not use one.");

    public static Key<NetworkAccess> SandboxNetwork { get; } = new("sandbox_network", new NetworkShape(), NetworkAccess.On,
        "What agents and verification commands in the sandbox reach over the network: everything, nothing, or only these hosts. The endpoint of an agent's own model is always among the hosts; with off, agents that ask a model over the network cannot work.");

    public static Key<IReadOnlyList<string>> SandboxHidden { get; } = new("sandbox_hidden", Paths, [],
        "Paths that the sandbox hides besides the usual places of secrets; relative ones from the home folder.");

    public static Key<IReadOnlyList<string>> SandboxWritable { get; } = new("sandbox_writable", Paths,
        "Folders that the sandbox lets be written besides the workspace, relative ones from the home folder, in place of the caches of package managers. An empty list for none.");

    public static Key<string> SandboxWatch { get; } = new("sandbox_watch", new ChoiceShape("off", "rare", "changes", "all"), "changes",
        "What is recorded of what the sandbox refuses, whatever the agent prints: changes records changes of files outside, reading what is hidden, signals, connections where the network is limited, and calls that ordinary programs do not make; rare leaves out those that ordinary programs make, too; all adds every opened file and every connection; off leaves what is printed.");

    public static Key<TimeSpan> Timeout { get; } = new("session.timeout", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), TimeSpan.FromHours(2),
        "The longest that one agent session may take.");

    public static Key<TimeSpan> Silence { get; } = new("session.silence", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), TimeSpan.FromMinutes(15),
        "The longest that an agent may write nothing at all before it is taken for hung.");

    public static Key<int> Disk { get; } = new("session.disk", new IntegerShape(1, 1 << 24), 10_240,
        "By how much the files of a session's workspace may grow in sum, in MiB, before the session is ended.");

    public static Key<int> MaxTurns { get; } = new("session.max_turns", new IntegerShape(1, 100_000), 100,
        "The most turns of one agent session.");

    public static IReadOnlyList<ConfigurationKey> All { get; } = [Sandbox, SandboxNetwork, SandboxHidden, SandboxWritable, SandboxWatch, Timeout, Silence, Disk, MaxTurns];
}
