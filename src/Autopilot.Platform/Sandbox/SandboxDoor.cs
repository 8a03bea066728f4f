using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Autopilot.Core;
using Autopilot.Platform.Processes.Native;
using Autopilot.Platform.Sandbox.Network;

namespace Autopilot.Platform.Sandbox;

/// <summary>The host's side of a sandbox whose network is limited to hosts.</summary>
/// <remarks>
/// On Linux the sandbox has a network of its own, without interfaces. Its first program (<see cref="SandboxEntry"/>) opens listening sockets
/// on the loopback in there and hands them out through a Unix socket, once; connections to them are accepted out here. So nothing of ours stays
/// inside, and nothing but what is accepted here leads out.
/// On macOS the profile allows connections to the ports of the loopback that are served here.
/// </remarks>
public sealed class SandboxDoor : IAsyncDisposable
{
    private readonly NetworkGate gate;
    private readonly CancellationTokenSource closing = new();
    private readonly DirectoryInfo? folder;
    private readonly Task handover;
    private int disposed;

    private SandboxDoor(NetworkGate gate)
    {
        this.gate = gate;
        if (OperatingSystem.IsLinux())
        {
            folder = Directory.CreateTempSubdirectory("autopilot-door-");
            Path = System.IO.Path.Combine(folder.FullName, "door");
            ProxyPort = gate.ProxyPort;
            handover = Receive(Listen(new UnixDomainSocketEndPoint(Path)));
        }
        else
        {
            var listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
            ProxyPort = ((IPEndPoint)listener.LocalEndPoint!).Port;
            gate.Open(listener);
            handover = Task.CompletedTask;
        }
    }

    /// <summary>The socket for the first program inside; null where it needs none.</summary>
    public string? Path { get; }

    /// <summary>Ports on which the first program inside must listen.</summary>
    public IReadOnlyList<int> Ports => gate.Ports;

    /// <summary>Where the proxy is, seen from inside.</summary>
    public int ProxyPort { get; }

    /// <summary>Ports of the loopback that are reached directly.</summary>
    public IReadOnlyList<int> Direct => gate.Forwarded;

    /// <summary>The variables by which programs find the proxy.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ProxyPort}");
        foreach (var name in new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
        {
            yield return new(name, url);
            yield return new(name.ToLowerInvariant(), url);
        }

        foreach (var name in new[] { "NO_PROXY", "no_proxy" }) yield return new(name, "localhost,127.0.0.1,::1");
        // node does not look at the others by itself.
        yield return new("NODE_USE_ENV_PROXY", "1");
    }

    /// <summary>Opens one where the network is limited to hosts; null where it needs none.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="refused">Told, in words, of each host that was asked for and is not allowed.</param>
    /// <exception cref="UserErrorException">Here the network cannot be limited to hosts.</exception>
    public static SandboxDoor? Open(SandboxPolicy policy, Action<string> refused)
    {
        if (!policy.Network.IsLimited) return null;
        if (OperatingSystem.IsLinux() && (policy.Entry is null || !File.Exists(policy.Entry)))
            throw new UserErrorException($"'sandbox_network' names hosts, and the program that would limit the network to them is missing: {policy.Entry ?? "none is known"}. Reinstall Autopilot, or set 'sandbox_network' to on or off.", ExitCodes.Refused);
        return new SandboxDoor(new NetworkGate(policy.Network, host => refused($"connection to {host}: not among the hosts of sandbox_network")));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await closing.CancelAsync();
        await handover.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await gate.DisposeAsync();
        closing.Dispose();
        if (folder?.Exists == true) folder.Delete(recursive: true);
    }

    private static Socket Listen(EndPoint at)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(at);
        listener.Listen();
        return listener;
    }

    // One connection, which is that of the first program: whoever comes later finds no door.
    private async Task Receive(Socket listener)
    {
        using (listener)
        using (var client = await listener.AcceptAsync(closing.Token))
        {
            await client.ReceiveAsync(Memory<byte>.Empty, closing.Token);
            var sockets = DescriptorPassing.Receive((int)client.Handle).Select(descriptor => new Socket(new SafeSocketHandle(descriptor, ownsHandle: true))).ToList();
            if (sockets.Count == gate.Ports.Count) gate.Open(sockets);
            else sockets.ForEach(socket => socket.Dispose());
        }
    }
}
