namespace Autopilot.Core.Network;

/// <summary>What a sandboxed program reaches over the network.</summary>
/// <param name="Everywhere">Whatever this machine reaches.</param>
/// <param name="Hosts">Otherwise, what it reaches; none for nothing at all, not even this machine's loopback.</param>
public sealed record NetworkAccess(bool Everywhere, IReadOnlyList<HostRule> Hosts)
{
    public static NetworkAccess On { get; } = new(true, []);

    public static NetworkAccess Off { get; } = new(false, []);

    /// <summary>True when it reaches some hosts and no others.</summary>
    public bool IsLimited => !Everywhere && Hosts.Count > 0;

    public static NetworkAccess To(params IEnumerable<HostRule> hosts) => new(false, [.. hosts.Distinct()]);

    /// <summary>The same, and these besides; unchanged where the network is off or open.</summary>
    public NetworkAccess With(IEnumerable<HostRule> more) => IsLimited ? To(Hosts.Concat(more)) : this;

    /// <summary>Whether a connection is allowed.</summary>
    public bool Allows(string host, int port) => Everywhere || Hosts.Any(rule => rule.Allows(host, port));

    public override string ToString() => Everywhere ? "on" : IsLimited ? $"[{string.Join(", ", Hosts)}]" : "off";
}
