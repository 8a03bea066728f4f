using Autopilot.Core;
using Autopilot.Core.Network;
using Autopilot.Platform.Sandbox;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

public class ConfinementTests
{
    private static readonly SandboxSupport Missing = new(null, "no bubblewrap.");
    private readonly List<string> warnings = [];
    private int probes;

    [Fact]
    public async Task Required_and_missing_refuses_with_what_to_do()
    {
        using var confinement = With(SandboxMode.Required, Missing);
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => confinement.Sandbox(CancellationToken.None));
        Assert.Equal(ExitCodes.Refused, refusal.ExitCode);
        Assert.Contains("no bubblewrap.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sandbox: preferred", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preferred_and_missing_warns_once()
    {
        using var confinement = With(SandboxMode.Preferred, Missing);
        for (var i = 0; i < 3; i++) Assert.Null(await confinement.Sandbox(CancellationToken.None));
        Assert.Contains("no bubblewrap.", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(1, probes);
    }

    [Fact]
    public async Task Off_asks_and_says_nothing()
    {
        using var confinement = With(SandboxMode.Off, Missing);
        Assert.Null(await confinement.Sandbox(CancellationToken.None));
        Assert.Empty(warnings);
        Assert.Equal(0, probes);
    }

    [Theory]
    [InlineData(SandboxMode.Off, "sandbox: off")]
    [InlineData(SandboxMode.Preferred, "NO SANDBOX")]
    public async Task A_limit_of_the_network_that_nothing_enforces_is_said_once(SandboxMode mode, string said)
    {
        using var confinement = With(mode, Missing, NetworkAccess.To(HostRule.TryParse("example.org")!));
        for (var i = 0; i < 3; i++) Assert.Null(await confinement.Sandbox(CancellationToken.None));
        var warning = Assert.Single(warnings);
        Assert.Contains(said, warning, StringComparison.Ordinal);
        Assert.Contains("'sandbox_network: [example.org]' is not enforced", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_required_sandbox_that_is_missing_refuses_a_list_of_hosts()
    {
        using var confinement = With(SandboxMode.Required, Missing, NetworkAccess.To(HostRule.TryParse("example.org")!));
        Assert.Equal(ExitCodes.Refused, (await Assert.ThrowsAsync<UserErrorException>(() => confinement.Sandbox(CancellationToken.None))).ExitCode);
    }

    [Fact]
    public async Task What_is_there_is_used()
    {
        var sandbox = new BubblewrapSandbox("/usr/bin/bwrap");
        using var confinement = With(SandboxMode.Preferred, new(sandbox, "bwrap"));
        Assert.Same(sandbox, await confinement.Sandbox(CancellationToken.None));
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_state_of_an_agent_is_hidden_from_every_other()
    {
        using var folder = new TemporaryFolder();
        var (mine, others) = (Directory.CreateDirectory(folder["mine"]).FullName, folder["others"]);
        var rules = new SandboxRules { Mode = SandboxMode.Required, Hidden = [mine, others], Shared = [folder.Path] };
        var policy = rules.For(folder["workspace"], mayWrite: true, own: [mine, folder["absent"]], program: []);
        Assert.Equal([others], policy.Hidden);
        Assert.Equal([mine, folder.Path], policy.Writable);
        Assert.Equal([mine], rules.For(folder["workspace"], mayWrite: false, own: [mine], program: []).Writable);
    }

    private Confinement With(SandboxMode mode, SandboxSupport support, NetworkAccess? network = null) => new(
        new SandboxRules { Mode = mode, Network = network ?? NetworkAccess.On },
        _ =>
        {
            probes++;
            return Task.FromResult(support);
        },
        warnings.Add);
}
