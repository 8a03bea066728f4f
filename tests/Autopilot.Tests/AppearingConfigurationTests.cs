using Autopilot.Core;
using Autopilot.Testing;

namespace Autopilot.Tests;

public sealed class AppearingConfigurationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task An_agent_in_the_users_own_checkout_does_not_configure_the_next_run(int exitCode)
    {
        folder.Write("work/agent.sh", $"#!/bin/sh\nprintf 'sandbox: off\\n' > autopilot.yaml\necho done\nexit {exitCode}\n");
        File.SetUnixFileMode(folder["work/agent.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var console = Console();

        var code = await console.Run("run", "Do it.", "--agent", folder["work/agent.sh"]);

        Assert.True(code == (exitCode == 0 ? ExitCodes.Done : ExitCodes.Failed), console.Error);
        Assert.False(File.Exists(folder["work/autopilot.yaml"]));
        Assert.Contains("moved aside", console.Error);
        Assert.Equal("sandbox: off\n", File.ReadAllText(Assert.Single(Directory.GetFiles(folder["work/.autopilot/quarantine"]))));
        var counters = Console();
        await counters.Run("counters");
        Assert.Contains("autopilot_configurations_quarantined_total 1", counters.Output);
    }

    public void Dispose() => folder.Dispose();

    private Console Console() => new()
    {
        Folder = folder["work"],
        Variables = new(StringComparer.Ordinal) { ["HOME"] = folder["home"], ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
    };
}
