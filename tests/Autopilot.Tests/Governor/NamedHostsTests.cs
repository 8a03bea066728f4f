using System.Net;
using System.Net.Sockets;
using Autopilot.Commands;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;
using Autopilot.Rendering;
using Autopilot.Testing;

namespace Autopilot.Tests.Governor;

/// <summary>A real session in a sandbox whose network is limited to hosts.</summary>
public sealed class NamedHostsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TcpListener model = new(IPAddress.Loopback, 0);
    private readonly TcpListener other = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> variables;

    public NamedHostsTests() => variables = new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = folder.Path,
        ["AUTOPILOT_HOME"] = folder["home"],
        ["AUTOPILOT_SANDBOX"] = "required",
    };

    public void Dispose()
    {
        model.Stop();
        other.Stop();
        folder.Dispose();
    }

    [SkippableFact]
    public async Task It_reaches_its_model_and_the_named_hosts_and_no_other_and_what_it_tried_is_recorded()
    {
        using var supervisor = new ProcessSupervisor(TimeProvider.System);
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable && OperatingSystem.IsLinux(), support.Detail);
        model.Start();
        other.Start();
        var answered = Answer();
        var agent = folder.Write("work/agent.sh", """
            exec 3<>"/dev/tcp/127.0.0.1/${AUTOPILOT_BASE_URL##*:}" && echo "hello" >&3 && read answer <&3 && echo "model says $answer"
            (exec 4<>/dev/tcp/127.0.0.1/$OTHER) 2>/dev/null && echo "ESCAPED to the loopback of the host"
            (exec 4<>/dev/tcp/192.0.2.1/80) 2>/dev/null && echo "ESCAPED to an address"
            exec 5<>"/dev/tcp/127.0.0.1/${HTTPS_PROXY##*:}"
            printf 'CONNECT evil.example:443 HTTP/1.1\r\n\r\n' >&5
            read status <&5; echo "proxy says $status"
            exec 6<>"/dev/tcp/127.0.0.1/${HTTPS_PROXY##*:}"
            printf 'CONNECT 127.0.0.1:%s HTTP/1.1\r\n\r\n' $OTHER >&6
            read status <&6; echo "proxy says $status"
            env | grep DOTNET_EnableDiagnostics
            grep -q 'SigIgn:.*[13579bdf]...$' /proc/self/status && echo "ignores SIGPIPE"
            test -e /run/autopilot/door && (exec 7<>/run/autopilot/door) 2>/dev/null && echo "ESCAPED through the door"
            exit 0
            """);
        folder.Write("work/autopilot.yaml", $$"""
            sandbox_network: [allowed.example]
            agents:
              probe: { kind: command, command: [bash, {{agent}}], base_url: "http://127.0.0.1:{{Port(model)}}", env: { OTHER: "{{Port(other)}}" } }
            """);

        var (code, text) = await Run("run", "--agent", "probe", "try it");

        Assert.True(code == ExitCodes.Done, text);
        await answered;
        var record = string.Join('\n', Directory.EnumerateFiles(folder["work/.autopilot"], "trajectory.jsonl", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("model says welcome", record);
        Assert.DoesNotContain("ESCAPED", record);
        Assert.Contains("proxy says HTTP/1.1 403 Forbidden", record);
        Assert.Contains("refused by the sandbox: connection to evil.example:443", record);
        Assert.Contains($"refused by the sandbox: connection to 127.0.0.1:{Port(other)}", record);
        Assert.DoesNotContain("ignores SIGPIPE", record);
        Assert.DoesNotContain("DOTNET_EnableDiagnostics", record);
        Assert.False(other.Pending());
    }

    private async Task Answer()
    {
        using var client = await model.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("hello", await reader.ReadLineAsync());
        await client.GetStream().WriteAsync("welcome\n"u8.ToArray());
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task<(int Code, string Text)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var terminal = new Terminal(output, output, outputIsTerminal: false, errorIsTerminal: false, colours: false);
        var code = await CommandLine.Run(args, new Application(terminal, TimeProvider.System, folder["work"], variables));
        return (code, output.ToString());
    }
}
