using System.Net;
using System.Net.Sockets;
using Autopilot.Core.Network;

namespace Autopilot.Platform.Sandbox.Network;

/// <summary>Serves what a program in a sandbox connects to: a proxy for the allowed hosts, and the allowed ports of this machine's loopback.</summary>
internal sealed class NetworkGate : IAsyncDisposable
{
    private const int FirstProxyPort = 3128;
    private readonly ForwardProxy proxy;
    private readonly CancellationTokenSource closing = new();
    private readonly List<Task> loops = [];
    private readonly List<Socket> listeners = [];

    public NetworkGate(NetworkAccess access, Action<string> refused)
    {
        proxy = new ForwardProxy(access, refused);
        Forwarded = [.. access.Hosts.Where(rule => rule is { IsLoopback: true, Port: not null }).Select(rule => rule.Port!.Value).Distinct()];
        ProxyPort = Enumerable.Range(FirstProxyPort, Forwarded.Count + 1).First(port => !Forwarded.Contains(port));
    }

    /// <summary>Ports of the loopback that are the same inside and outside.</summary>
    public IReadOnlyList<int> Forwarded { get; }

    /// <summary>The port of the proxy in a network of the sandbox's own.</summary>
    public int ProxyPort { get; }

    /// <summary>Every port on which something must listen inside, that of the proxy first.</summary>
    public IReadOnlyList<int> Ports => [ProxyPort, .. Forwarded];

    /// <summary>Serves connections to sockets that listen on <see cref="Ports"/>, in that order.</summary>
    public void Open(IReadOnlyList<Socket> sockets)
    {
        Open(sockets[0], proxy.Serve);
        foreach (var (socket, port) in sockets.Skip(1).Zip(Forwarded)) Open(socket, (client, cancellation) => Forward(client, port, cancellation));
    }

    /// <summary>Serves the proxy alone.</summary>
    public void Open(Socket socket) => Open(socket, proxy.Serve);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        foreach (var listener in listeners) listener.Dispose();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closing.Dispose();
    }

    private void Open(Socket listener, Func<Socket, CancellationToken, Task> serve)
    {
        listeners.Add(listener);
        loops.Add(Accept(listener, serve));
    }

    private async Task Accept(Socket listener, Func<Socket, CancellationToken, Task> serve)
    {
        while (!closing.IsCancellationRequested)
        {
            var client = await listener.AcceptAsync(closing.Token);
            _ = Serve(client, serve);
        }
    }

    private async Task Serve(Socket client, Func<Socket, CancellationToken, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client, closing.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The client sees a broken connection, which is what it is.
            }
        }
    }

    private static async Task Forward(Socket client, int port, CancellationToken cancellation)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await server.ConnectAsync(IPAddress.Loopback, port, cancellation);
        await Relay.Run(client, server, cancellation);
    }
}
