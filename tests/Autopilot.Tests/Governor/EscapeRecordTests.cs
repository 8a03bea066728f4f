using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Autopilot.Commands;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;
using Autopilot.Rendering;
using Autopilot.Testing;

namespace Autopilot.Tests.Governor;

/// <summary>A hostile agent in a real session that prints nothing of what it tries: the record says it all the same.</summary>
public sealed class EscapeRecordTests : IDisposable
{
    // Not below /tmp: the sandbox replaces that.
    private readonly string root = Path.Combine(AppContext.BaseDirectory, "escape-" + Guid.NewGuid().ToString("N"));
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);

    private string Workspace => Path.Combine(root, "workspace");

    public void Dispose()
    {
        supervisor.Dispose();
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    [SkippableTheory]
    [InlineData("")] // as it is by default
    [InlineData("sandbox_watch: all\n")]
    public async Task Each_attempt_is_recorded_though_it_prints_nothing(string watch)
    {
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable && OperatingSystem.IsLinux(), support.Detail);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var values = Prepare(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), watch);

        var (code, text) = await Run(values, "run", "--agent", "hostile", "try it");

        Assert.True(code == ExitCodes.Done, text);
        var record = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Workspace, ".autopilot"), "trajectory.jsonl", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.DoesNotContain("ESCAPED", record);
        var expected = HostileAgent.Attempts.Where(attempt => attempt.Record is not null && (watch.Length > 0 || !HostileAgent.SeenOnlyWithAll.Contains(attempt.Name))).ToList();
        Assert.True(expected.Count >= 40);
        Assert.Equal([], expected.Where(attempt => !record.Contains(Filled(attempt.Record!, values), StringComparison.Ordinal)).Select(attempt => attempt.Name));
        var (_, counters) = await Run(values, "counters");
        var refusals = counters.Split('\n').Single(line => line.StartsWith("autopilot_sandbox_refusals_total ", StringComparison.Ordinal));
        var more = Regex.Matches(record, "the sandbox refused (?<count>[0-9]+) more", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Sum(rest => int.Parse(rest.Groups["count"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(record.Split("refused by the sandbox: ").Length - 1 + more, int.Parse(refusals.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.False(listener.Pending());
        Assert.Equal("precious", File.ReadAllText(Path.Combine(root, "out/victim")));
    }

    private Dictionary<string, string> Prepare(string port, string watch)
    {
        Plant("out/victim", "precious");
        foreach (var secret in new[] { ".ssh/id_rsa", ".aws/credentials", ".config/gcloud/token", ".config/gcloud/credentials.db", ".gnupg/secret", ".gnupg/secring.gpg", ".mozilla/cookies", ".mozilla/firefox/profiles.ini", ".config/gh/hosts.yml" }) Plant("home/" + secret, "planted");
        Plant("home/.netrc", "password planted");
        Plant("governor/ledger", "planted");
        Plant("other/file", "planted");
        Plant("elsewhere/secret", "planted");
        File.CreateSymbolicLink(Path.Combine(root, "home/linked-secret"), Path.Combine(root, "elsewhere/secret"));
        Plant("workspace/.git/HEAD", "ref: refs/heads/main\n");
        Plant("workspace/.git/config", "[core]\n");
        foreach (var folder in new[] { "objects", "refs", "hooks" }) Directory.CreateDirectory(Path.Combine(Workspace, ".git", folder));
        var script = Plant("agent.sh", HostileAgent.SilentScript);
        var values = new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(root, "home"),
            ["OUT"] = Path.Combine(root, "out"),
            ["OTHER"] = Path.Combine(root, "other"),
            ["GOVERNOR"] = Path.Combine(root, "governor"),
            ["LINKED"] = Path.Combine(root, "elsewhere/secret"),
            ["PWD"] = Workspace,
            ["VICTIM"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            ["PORT"] = port,
        };
        Plant("workspace/autopilot.yaml", $$"""
            sandbox: required
            sandbox_network: off
            {{watch}}sandbox_hidden: ["{{values["OTHER"]}}", "{{values["HOME"]}}/linked-secret"]
            agents:
              hostile: { kind: command, command: [bash, "{{script}}"], env: { OUT: "{{values["OUT"]}}", OTHER: "{{values["OTHER"]}}", GOVERNOR: "{{values["GOVERNOR"]}}", VICTIM: "{{values["VICTIM"]}}", PORT: "{{port}}" } }
            """);
        return values;
    }

    private static string Filled(string record, Dictionary<string, string> values) => values.Aggregate(record, (text, value) => text.Replace("$" + value.Key, value.Value, StringComparison.Ordinal));

    private string Plant(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<(int Code, string Text)> Run(Dictionary<string, string> values, params string[] args)
    {
        var variables = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin", ["HOME"] = values["HOME"], ["AUTOPILOT_HOME"] = values["GOVERNOR"] };
        using var output = new StringWriter();
        using var terminal = new Terminal(output, output, outputIsTerminal: false, errorIsTerminal: false, colours: false);
        var code = await CommandLine.Run(args, new Application(terminal, TimeProvider.System, Workspace, variables));
        return (code, output.ToString());
    }
}
