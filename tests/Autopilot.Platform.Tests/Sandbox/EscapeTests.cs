using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Tests.Processes;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

/// <summary>A hostile agent in the sandbox: what it tries fails, leaves a record, and leaves the host as it was.</summary>
public sealed class EscapeTests : IDisposable
{
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly string root = Path.Combine(Shell.IsRoot ? "/var/lib" : AppContext.BaseDirectory, "autopilot-escape-" + Guid.NewGuid().ToString("N"));

    private string Workspace => Path.Combine(root, "workspace");

    private string Home => Path.Combine(root, "home");

    public void Dispose()
    {
        supervisor.Dispose();
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    [SkippableFact]
    public async Task Every_attempt_fails_and_is_recorded_and_work_is_possible()
    {
        var sandbox = await Prepare();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (victim, _) = await Shell.StartAndRead(supervisor, Shell.Script("echo ready; sleep 600; : autopilot-victim"));
        await using (victim)
        {
            var environment = HostileEnvironment(victim.Id, ((IPEndPoint)listener.LocalEndpoint).Port);
            var (exit, lines) = await Shell.Run(supervisor, sandbox.Wrap(Hostile(HostileAgent.Script, environment), Policy()));
            Assert.Equal([], lines.Where(line => line.StartsWith("ESCAPED", StringComparison.Ordinal)));
            Assert.Equal(HostileAgent.Attempts.Select(attempt => attempt.Name), lines.Where(line => line.StartsWith("DENIED", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
            Assert.Contains("MARKED", lines);
            Assert.True(lines.Contains("COMMITTED"), $"no commit: {string.Join('\n', exit.ErrorTail)}");
            Assert.False(victim.Completion.IsCompleted);
        }
        AssertUntouched();
    }

    [SkippableFact]
    public async Task Killing_everything_reaches_only_the_sandbox()
    {
        var sandbox = await Prepare();
        var (victim, _) = await Shell.StartAndRead(supervisor, Shell.Script("echo ready; sleep 600"));
        await using (victim)
        {
            await Shell.Run(supervisor, sandbox.Wrap(Hostile("sleep 600 & kill -9 -1; echo still here", HostileEnvironment(victim.Id, 1)), Policy()));
            Assert.False(victim.Completion.IsCompleted);
        }
    }

    [SkippableFact]
    public async Task A_fork_bomb_ends_at_the_process_limit_and_that_is_recorded()
    {
        var sandbox = await Prepare();
        var spec = sandbox.Wrap(Hostile("while :; do sleep 600 & done 2>/dev/null", HostileEnvironment(1, 1)), Policy() with { MaxProcesses = 100 });
        var (exit, _) = await Shell.Run(supervisor, spec with { WallClockLimit = TimeSpan.FromSeconds(20), Grace = TimeSpan.Zero });
        Assert.NotEqual(ProcessEnd.ByItself, exit.End);
        if (Shell.IsRoot) Assert.Contains("the limit is 100", exit.Reason);
    }

    [SkippableFact]
    public async Task A_daemon_ends_with_the_sandbox()
    {
        var sandbox = await Prepare();
        var word = "word-" + Guid.NewGuid().ToString("N");
        await Shell.Run(supervisor, sandbox.Wrap(Hostile($"(env -i setsid sh -c 'sleep 600; : {word}' >/dev/null 2>&1 &) ; sleep 0.2", HostileEnvironment(1, 1)), Policy()));
        Assert.False(Shell.AnyAliveWith(word));
    }

    [SkippableTheory]
    [InlineData("exit 3", 3, 0, "")]
    [InlineData("(exec setsid sleep 600 >/dev/null 2>&1 &) ; exit 0", 0, 1, "")]
    [InlineData("(exec sleep 600 &) ; (exec sleep 601 &) ; printf half >&2; exit 4", 4, 2, "half")]
    [InlineData("(exec sleep 600 &) ; sleep 0; kill -9 $$", 137, 1, "")]
    public async Task What_is_left_in_the_sandbox_is_counted_however_late_it_was_started(string script, int code, int left, string error)
    {
        var sandbox = await Prepare();
        var (exit, _) = await Shell.Run(supervisor, sandbox.Wrap(Hostile(script, HostileEnvironment(1, 1)), Policy()));
        Assert.Equal((code, left, error), (exit.Code, exit.Survivors, string.Join('|', exit.ErrorTail)));
    }

    [SkippableFact]
    public async Task What_runs_inside_has_its_grace()
    {
        var sandbox = await Prepare();
        var spec = sandbox.Wrap(Hostile("trap 'echo cleaned > cleaned; exit 0' TERM; echo ready; while :; do sleep 0.05; done", HostileEnvironment(1, 1)), Policy());
        var (process, _) = await Shell.StartAndRead(supervisor, spec);
        await process.Stop("enough").WaitAsync(Shell.Patience);
        Assert.True(File.Exists(Path.Combine(Workspace, "cleaned")));
    }

    private void AssertUntouched()
    {
        Assert.Equal("precious", File.ReadAllText(Path.Combine(root, "out/victim")));
        Assert.Equal(["victim"], Directory.EnumerateFiles(Path.Combine(root, "out")).Select(Path.GetFileName));
        Assert.Equal("planted", File.ReadAllText(Path.Combine(root, "governor/ledger")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Workspace, ".git/hooks")));
        Assert.DoesNotContain("evil", File.ReadAllText(Path.Combine(Workspace, ".git/config")), StringComparison.Ordinal);
        Assert.False(File.Exists("/usr/bin/autopilot-escape"));
    }

    private async Task<ISandbox> Prepare()
    {
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable, support.Detail);
        Plant("out/victim", "precious");
        foreach (var secret in new[] { ".ssh/id_rsa", ".aws/credentials", ".config/gcloud/token", ".config/gcloud/credentials.db", ".gnupg/secret", ".gnupg/secring.gpg", ".mozilla/cookies", ".mozilla/firefox/profiles.ini", ".config/gh/hosts.yml" }) Plant("home/" + secret, "planted");
        Plant("home/.netrc", "password planted");
        Plant("governor/ledger", "planted");
        Plant("other/file", "planted");
        Plant("elsewhere/secret", "planted");
        File.CreateSymbolicLink(Path.Combine(Home, "linked-secret"), Path.Combine(root, "elsewhere/secret"));
        Directory.CreateDirectory(Workspace);
        var spec = Shell.Script("git init -q --template= . && git commit -q --allow-empty -m start") with { WorkingDirectory = Workspace, Environment = HostileEnvironment(1, 1) };
        var (exit, _) = await Shell.Run(supervisor, spec);
        Assert.True(exit.Code == 0, string.Join('\n', exit.ErrorTail));
        return support.Sandbox!;
    }

    private SandboxPolicy Policy() => new()
    {
        Workspace = Workspace,
        Hidden = [.. SecretPaths.In(Home), Path.Combine(root, "governor"), Path.Combine(root, "other"), Path.Combine(Home, "linked-secret")],
        TemporaryBytes = 10_000_000,
        MaxFileBytes = 20_000_000,
    };

    private ProcessSpec Hostile(string script, Dictionary<string, string> environment) => Shell.Script(script) with { WorkingDirectory = Workspace, Environment = environment };

    private Dictionary<string, string> HostileEnvironment(int victim, int port) => new(Shell.Environment)
    {
        ["HOME"] = Home,
        ["OUT"] = Path.Combine(root, "out"),
        ["OTHER"] = Path.Combine(root, "other"),
        ["GOVERNOR"] = Path.Combine(root, "governor"),
        ["VICTIM"] = victim.ToString(CultureInfo.InvariantCulture),
        ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["GIT_AUTHOR_NAME"] = "a",
        ["GIT_AUTHOR_EMAIL"] = "a@b",
        ["GIT_COMMITTER_NAME"] = "a",
        ["GIT_COMMITTER_EMAIL"] = "a@b",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    private void Plant(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
