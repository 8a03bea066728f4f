using System.Globalization;
using System.Text;

namespace Autopilot.Platform.Sandbox.Network;

/// <summary>What a client asks of a forward proxy; pure.</summary>
/// <param name="Host">Where it wants to.</param>
/// <param name="Port">From 1 to 65535.</param>
/// <param name="Forwarded">The head as the server gets it; null for a tunnel.</param>
internal sealed record ProxyRequest(string Host, int Port, byte[]? Forwarded)
{
    // The connection serves one request: a second one on it could be meant for another host.
    private static readonly string[] Dropped = ["Connection:", "Proxy-Connection:", "Keep-Alive:", "Proxy-Authorization:"];

    /// <summary>Null when it is no request to a proxy.</summary>
    /// <param name="head">Up to the empty line, without it.</param>
    public static ProxyRequest? Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var target, var version] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal)) return null;
        if (method == "CONNECT") return Tunnel(target);
        if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme != "http" || url.Host.Length == 0) return null;
        var kept = lines.Skip(1).Where(line => !Dropped.Any(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        return new ProxyRequest(url.IdnHost, url.Port, Encoding.Latin1.GetBytes(string.Join("\r\n", [$"{method} {url.PathAndQuery} {version}", .. kept, "Connection: close", "", ""])));
    }

    private static ProxyRequest? Tunnel(string target)
    {
        var colon = target.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new ProxyRequest(target[..colon].Trim('[', ']'), port, null)
            : null;
    }
}
