using System.Net;
using System.Net.Sockets;
using System.Text;
using Autopilot.Core.Network;
using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Sandbox.Network;

namespace Autopilot.Platform.Tests.Sandbox;

/// <summary>The proxy and the forwarded ports, against servers on the loopback.</summary>
public sealed class NetworkGateTests : IAsyncDisposable
{
    private readonly List<string> refused = [];
    private readonly Socket server = Listen();
    private readonly Socket entrance = Listen();
    private NetworkGate? gate;

    public async ValueTask DisposeAsync()
    {
        if (gate is not null) await gate.DisposeAsync();
        server.Dispose();
        entrance.Dispose();
    }

    [Fact]
    public async Task A_tunnel_carries_bytes_both_ways_until_each_side_is_done()
    {
        Open($"127.0.0.1:{Port(server)}");
        using var client = await Connect();
        await Say(client, $"CONNECT 127.0.0.1:{Port(server)} HTTP/1.1\r\nHost: x\r\n\r\nearly ");
        using var peer = await server.AcceptAsync();
        Assert.StartsWith("HTTP/1.1 200 ", await Hear(client, "\r\n\r\n"));
        await Say(client, "late");
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("early late", await All(peer));
        await Say(peer, "answer");
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("answer", await All(client));
        Assert.Empty(refused);
    }

    [Fact]
    public async Task A_plain_request_is_forwarded_for_one_answer_without_what_was_meant_for_the_proxy()
    {
        Open("127.0.0.1");
        using var client = await Connect();
        await Say(client, $"GET http://127.0.0.1:{Port(server)}/a?b=c HTTP/1.1\r\nHost: 127.0.0.1\r\nProxy-Authorization: secret\r\nConnection: keep-alive\r\n\r\n");
        using var peer = await server.AcceptAsync();
        Assert.Equal("GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", await Hear(peer, "\r\n\r\n"));
    }

    [Theory]
    [InlineData("CONNECT example.org:443 HTTP/1.1", "example.org:443")]
    [InlineData("GET http://example.org/ HTTP/1.1", "example.org:80")]
    [InlineData("CONNECT 127.0.0.1:1 HTTP/1.1", "127.0.0.1:1")]
    [InlineData("CONNECT localhost:22 HTTP/1.1", "localhost:22")]
    public async Task Another_host_is_refused_and_that_is_told(string line, string host)
    {
        Open($"127.0.0.1:{Port(server)}");
        using var client = await Connect();
        await Say(client, line + "\r\n\r\n");
        var answer = await All(client);
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer);
        Assert.Contains("sandbox_network", answer);
        Assert.Equal([host], refused);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", "400")]
    [InlineData("CONNECT nowhere HTTP/1.1", "400")]
    [InlineData("nonsense", "400")]
    public async Task What_is_no_request_to_a_proxy_is_answered_as_such(string line, string status)
    {
        Open("127.0.0.1");
        using var client = await Connect();
        await Say(client, line + "\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", await All(client));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_bad_gateway()
    {
        var port = Port(server);
        server.Dispose();
        Open("127.0.0.1");
        using var client = await Connect();
        await Say(client, $"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 502 ", await All(client));
    }

    [Fact]
    public async Task An_endpoint_on_the_loopback_is_reached_without_the_proxy()
    {
        gate = new NetworkGate(NetworkAccess.To(HostRule.OfUrl($"http://127.0.0.1:{Port(server)}")!), refused.Add);
        Assert.Equal([Port(server)], gate.Forwarded);
        using var second = Listen();
        gate.Open([entrance, second]);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(second.LocalEndPoint!);
        await Say(client, "hello");
        client.Shutdown(SocketShutdown.Send);
        using var peer = await server.AcceptAsync();
        Assert.Equal("hello", await All(peer));
    }

    [Fact]
    public void The_port_of_the_proxy_is_never_that_of_an_endpoint()
    {
        gate = new NetworkGate(NetworkAccess.To(HostRule.TryParse("localhost:3128")!, HostRule.TryParse("localhost:3129")!), refused.Add);
        Assert.Equal([3130, 3128, 3129], gate.Ports);
    }

    [Fact]
    public void A_limited_network_is_cut_off_and_the_profile_of_macos_allows_the_gate_alone()
    {
        var policy = new SandboxPolicy { Workspace = "/w", Network = NetworkAccess.To(HostRule.TryParse("example.org")!) };
        Assert.Contains("--unshare-net", BubblewrapArguments.For(policy, [], "/w", "/tmp/d/door"));
        var profile = SeatbeltProfile.For(policy, [], [4000, 8080]);
        Assert.DoesNotContain("(allow network*)", profile);
        Assert.Contains("(allow network-outbound (remote ip \"localhost:4000\"))\n(allow network-outbound (remote ip \"localhost:8080\"))\n", profile);
    }

    private void Open(string rule)
    {
        gate = new NetworkGate(NetworkAccess.To(HostRule.TryParse(rule)!), refused.Add);
        gate.Open(entrance);
    }

    private async Task<Socket> Connect()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(entrance.LocalEndPoint!);
        return client;
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static async Task Say(Socket socket, string text) => await Relay.Send(socket, Encoding.Latin1.GetBytes(text), CancellationToken.None);

    private static Task<string> All(Socket socket) => Hear(socket, null);

    private static async Task<string> Hear(Socket socket, string? end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((end is null || !text.ToString().EndsWith(end, StringComparison.Ordinal)) && (read = await socket.ReceiveAsync(buffer)) > 0) text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        return text.ToString();
    }
}
