using System.Globalization;
using System.Net;

namespace Autopilot.Core.Network;

/// <summary>One allowed host: a name, a name with all below it (<c>*.example.com</c>) or an address, and a port where only that one is meant.</summary>
public sealed record HostRule
{
    private const string Wildcard = "*.";

    private HostRule(string host, int? port) => (Host, Port) = (host, port);

    /// <summary>In small letters, without the dot at the end.</summary>
    public string Host { get; }

    /// <summary>Null for every port.</summary>
    public int? Port { get; }

    /// <summary>Whether it means this very machine.</summary>
    public bool IsLoopback => IsLoopbackName(Host);

    /// <summary>Null when it is none.</summary>
    public static HostRule? TryParse(string text)
    {
        var (host, port) = Split(text.Trim());
        if (port is <= 0 or > ushort.MaxValue) return null;
        var name = Normal(host);
        var bare = name.StartsWith(Wildcard, StringComparison.Ordinal) ? name[Wildcard.Length..] : name;
        return IsAddress(name) || IsName(bare) ? new HostRule(name, port) : null;
    }

    /// <summary>The rule for the host and the port of a URL; null when it has none.</summary>
    public static HostRule? OfUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https", Host.Length: > 0 } ? new HostRule(Normal(parsed.IdnHost), parsed.Port) : null;

    /// <summary>Whether a connection to this host and port is allowed by it.</summary>
    public bool Allows(string host, int port)
    {
        if (Port is { } only && only != port) return false;
        var name = Normal(host);
        return Host.StartsWith(Wildcard, StringComparison.Ordinal) ? name.EndsWith(Host[1..], StringComparison.Ordinal) : name == Host;
    }

    public override string ToString() => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{port}") : Host;

    /// <summary>Whether a name or an address is this very machine.</summary>
    public static bool IsLoopbackName(string host) => Normal(host) is var name && (name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)));

    private static string Normal(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private static (string Host, int? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var isPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        if (!isPort) return (text, null);
        return (text[..colon], int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0);
    }

    private static bool IsAddress(string text) => text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out _);

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253 && text.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
