using System.Net.Sockets;
using System.Text;
using Autopilot.Core.Network;

namespace Autopilot.Platform.Sandbox.Network;

/// <summary>An HTTP proxy that connects to allowed hosts and to no others, by CONNECT or for plain http.</summary>
/// <param name="access">Which hosts.</param>
/// <param name="refused">Told of each host and port that was not allowed.</param>
internal sealed class ForwardProxy(NetworkAccess access, Action<string> refused)
{
    private const int LongestHead = 64 * 1024;
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>Serves one connection to its end.</summary>
    public async Task Serve(Socket client, CancellationToken cancellation)
    {
        if (await ReadHead(client, cancellation) is not { } read) return;
        if (ProxyRequest.Parse(Encoding.Latin1.GetString(read.Head.Span)) is not { } request) await Answer(client, "400 Bad Request", "This proxy takes CONNECT and requests with an absolute http URL.", cancellation);
        else if (!access.Allows(request.Host, request.Port)) await Refuse(client, request, cancellation);
        else await Forward(client, request, read.Body, cancellation);
    }

    private async Task Refuse(Socket client, ProxyRequest request, CancellationToken cancellation)
    {
        refused($"{request.Host}:{request.Port}");
        await Answer(client, "403 Forbidden", $"The sandbox does not reach {request.Host}:{request.Port}. Allowed hosts are listed in 'sandbox_network' of the configuration.", cancellation);
    }

    private static async Task Forward(Socket client, ProxyRequest request, ReadOnlyMemory<byte> rest, CancellationToken cancellation)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await server.ConnectAsync(request.Host, request.Port, cancellation);
        }
        catch (SocketException error)
        {
            await Answer(client, "502 Bad Gateway", $"{request.Host}:{request.Port} cannot be reached: {error.Message}", cancellation);
            return;
        }

        if (request.Forwarded is { } head) await Relay.Send(server, head, cancellation);
        else await Relay.Send(client, "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), cancellation);
        await Relay.Send(server, rest, cancellation);
        await Relay.Run(client, server, cancellation);
    }

    private static async Task<(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)?> ReadHead(Socket client, CancellationToken cancellation)
    {
        var buffer = new byte[LongestHead];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await client.ReceiveAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0) return null;
            filled += read;
            if (buffer.AsSpan(0, filled).IndexOf(HeadEnd) is >= 0 and var end) return (buffer.AsMemory(0, end), buffer.AsMemory(end + HeadEnd.Length, filled - end - HeadEnd.Length));
        }

        await Answer(client, "431 Request Header Fields Too Large", "", cancellation);
        return null;
    }

    private static ValueTask Answer(Socket client, string status, string text, CancellationToken cancellation) => Relay.Send(
        client,
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}"),
        cancellation);
}
