using Autopilot.Core.Redaction;
using Autopilot.Core.Verification;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Verification;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Tests.Governor;

/// <summary>What agents wrote is run by verification commands: in the sandbox, and what is tried there is on record.</summary>
public sealed class VerificationRecordTests : IDisposable
{
    // Not below /tmp: the sandbox replaces that.
    private readonly string root = Path.Combine(AppContext.BaseDirectory, "verification-" + Guid.NewGuid().ToString("N"));
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly List<string> counted = [];

    public VerificationRecordTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "workspace"));
        Directory.CreateDirectory(Path.Combine(root, "home/.ssh"));
        File.WriteAllText(Path.Combine(root, "home/.ssh/id_rsa"), "planted");
    }

    public void Dispose()
    {
        supervisor.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [SkippableTheory]
    [InlineData(SandboxWatch.Changes)]
    [InlineData(SandboxWatch.Rare)]
    public async Task An_attempt_from_one_fails_is_recorded_though_it_prints_nothing_and_is_counted(SandboxWatch watch)
    {
        var (report, log) = await Verify(watch, "exec 2>/dev/null; cat ../home/.ssh/id_rsa; umount /proc; unshare -U true; echo x > ../escaped; echo work > here; true");
        Assert.True(report.Passed);
        Assert.Equal(
            ["refused by the sandbox: read: " + root + "/home/.ssh/id_rsa, which is hidden", "refused by the sandbox: umount2: is never allowed", "refused by the sandbox: unshare: a namespace of its own"],
            log.Split('\n').Where(line => line.StartsWith("refused", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(3, counted.Count(name => name == "autopilot_sandbox_refusals_total"));
        Assert.DoesNotContain("planted", log);
        Assert.False(File.Exists(Path.Combine(root, "escaped")));
        Assert.True(File.Exists(Path.Combine(root, "workspace/here")));
    }

    [SkippableFact]
    public async Task Where_nothing_is_to_be_looked_at_nothing_is_and_it_fails_all_the_same()
    {
        var (report, log) = await Verify(SandboxWatch.Off, "cat ../home/.ssh/id_rsa || umount /proc || echo x > ../escaped");
        Assert.False(report.Passed);
        Assert.DoesNotContain("refused by the sandbox", log);
        Assert.False(File.Exists(Path.Combine(root, "escaped")));
    }

    [Fact]
    public async Task A_private_key_is_masked_line_by_line_in_the_log_and_the_report()
    {
        const string body = "MIIEpAIBAAKCAQEA7q1Yv9bT0w2Vx8nJx0Qw3Zk5t7Lr2Hc9Dm4Fs6Gp1Ba8Ne3K";
        var verifier = new Verifier(supervisor, new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }, new SecretRedactor(new Redactor([])), _ => null);
        var key = $"echo -----BEGIN PRIVATE KEY-----; echo {body}; echo -----END PRIVATE KEY-----; echo that was it";
        var report = await verifier.Verify(VerificationPlan.Of($"({key}); ({key}) >&2"), root, Path.Combine(root, "output"), CancellationToken.None);
        var log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(root, "output"))));
        foreach (var text in new[] { log, Assert.Single(report.Nodes).Tail })
        {
            Assert.DoesNotContain(body, text, StringComparison.Ordinal);
            Assert.Equal(2, text.Split('\n').Count(line => line == "that was it"));
        }
    }

    private async Task<(VerificationReport Report, string Log)> Verify(SandboxWatch watch, string command)
    {
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable && OperatingSystem.IsLinux(), support.Detail);
        var rules = new SandboxRules { Mode = SandboxMode.Required, Watch = watch, Entry = Path.Combine(AppContext.BaseDirectory, "autopilot"), Hidden = [Path.Combine(root, "home/.ssh")] };
        using var confinement = new Confinement(rules, _ => Task.FromResult(support), _ => { });
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" };
        var verifier = new Verifier(supervisor, environment, new SecretRedactor(new Redactor([])), _ => null, confinement, (name, _) => counted.Add(name));
        var output = Path.Combine(root, "output");
        var report = await verifier.Verify(VerificationPlan.Of(command), Path.Combine(root, "workspace"), output, CancellationToken.None);
        return (report, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(output))));
    }
}
