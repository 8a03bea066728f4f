using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Autopilot.Core;
using Autopilot.Platform.Files;
using Autopilot.Platform.Processes.Native;
using Autopilot.Platform.Sandbox.Network;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>The host's side of a sandbox whose network is limited to hosts, or whose system calls are looked at.</summary>
/// <remarks>
/// On Linux the sandbox then has a network of its own, without interfaces. Its first program (<see cref="SandboxEntry"/>) opens listening sockets
/// on the loopback in there and hands them out through a Unix socket, once; connections to them are accepted out here. So nothing of ours stays
/// inside, and nothing but what is accepted here leads out. In the same way it hands out the descriptor on which its system calls are shown.
/// On macOS the profile allows connections to the ports of the loopback that are served here.
/// </remarks>
public sealed class SandboxDoor : IAsyncDisposable
{
    private readonly NetworkGate? gate;
    private readonly Action<string> refused;
    private readonly CallJudge? judge;
    private readonly bool? kernelWakes;
    private readonly CancellationTokenSource closing = new();
    private readonly DirectoryInfo? folder;
    private readonly Task handover;
    private CallWatch? watch;
    private int disposed;

    private SandboxDoor(NetworkGate? gate, CallJudge? judge, ulong[] filter, bool? kernelWakes, Action<string> refused)
    {
        (this.gate, this.judge, Filter, this.kernelWakes, this.refused) = (gate, judge, filter, kernelWakes, refused);
        if (OperatingSystem.IsLinux())
        {
            folder = ScratchSpace.NewFolder("door");
            Path = System.IO.Path.Combine(folder.FullName, "door");
            ProxyPort = gate?.ProxyPort ?? 0;
            handover = Receive(Listen(new UnixDomainSocketEndPoint(Path)));
        }
        else
        {
            var listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
            ProxyPort = ((IPEndPoint)listener.LocalEndPoint!).Port;
            gate!.Open(listener);
            handover = Task.CompletedTask;
        }
    }

    /// <summary>The socket for the first program inside; null where it needs none.</summary>
    public string? Path { get; }

    /// <summary>Ports on which the first program inside must listen.</summary>
    public IReadOnlyList<int> Ports => gate?.Ports ?? [];

    /// <summary>Where the proxy is, seen from inside.</summary>
    public int ProxyPort { get; }

    /// <summary>Ports of the loopback that are reached directly.</summary>
    public IReadOnlyList<int> Direct => gate?.Forwarded ?? [];

    /// <summary>What has system calls shown out here; empty for none.</summary>
    internal ulong[] Filter { get; }

    /// <summary>The variables by which programs find the proxy.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        if (gate is null) yield break;
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

    /// <summary>Opens one where the network is limited to hosts or calls are looked at; null where it needs none.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="refused">Told, in words, of what was asked for and is not allowed; from any thread, while the program waits.</param>
    /// <exception cref="UserErrorException">Here the network cannot be limited to hosts.</exception>
    public static SandboxDoor? Open(SandboxPolicy policy, Action<string> refused)
    {
        var hasEntry = policy.Entry is not null && File.Exists(policy.Entry);
        var isWatched = policy.Watch != SandboxWatch.Off && OperatingSystem.IsLinux() && hasEntry;
        if (!policy.Network.IsLimited && !isWatched) return null;
        if (OperatingSystem.IsLinux() && !hasEntry)
            throw new UserErrorException($"'sandbox_network' names hosts, and the program that would limit the network to them is missing: {policy.Entry ?? "none is known"}. Reinstall Autopilot, or set 'sandbox_network' to on or off.", ExitCodes.Refused);
        return new SandboxDoor(
            policy.Network.IsLimited ? new NetworkGate(policy.Network, host => refused($"connection to {host}: not among the hosts of sandbox_network")) : null,
            isWatched ? new CallJudge(policy, BubblewrapArguments.Ordered(MountPlan.For(policy))) : null,
            isWatched ? CallFilter.Program(policy) : [],
            policy.KernelWakes,
            refused);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await closing.CancelAsync();
        await handover.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gate is not null) await gate.DisposeAsync();
        watch?.Dispose();
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
            var descriptors = DescriptorPassing.Receive((int)client.Handle);
            if (descriptors.Length < Ports.Count) return; // it failed in there, and says so itself
            gate?.Open([.. descriptors.Take(Ports.Count).Select(descriptor => new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)))]);
            if (judge is null) return;
            if (descriptors.Length > Ports.Count) watch = new CallWatch(descriptors[Ports.Count], judge, refused, kernelWakes);
            else refused("nothing is seen but what is printed: this system cannot show the calls of a program (seccomp notification, Linux 5.5)");
        }
    }
}
