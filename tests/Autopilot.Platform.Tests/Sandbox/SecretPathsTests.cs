using Autopilot.Platform.Sandbox;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

public sealed class SecretPathsTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    [Theory]
    [InlineData(".config/rclone/rclone.conf")]
    [InlineData(".terraformrc")]
    [InlineData(".terraform.d/credentials.tfrc.json")]
    [InlineData(".config/Code/User/globalStorage/state.vscdb")]
    [InlineData(".config/Code - Insiders/User/globalStorage/state.vscdb")]
    [InlineData(".config/Cursor/User/globalStorage/state.vscdb")]
    [InlineData(".config/github-copilot/apps.json")]
    [InlineData(".pulumi/credentials.json")]
    [InlineData(".config/containers/auth.json")]
    [InlineData(".cache/huggingface/token")]
    public void What_tools_keep_as_secrets_is_hidden(string file)
    {
        home.Write(file, "planted");
        var rules = new SandboxRules { Mode = SandboxMode.Required, Hidden = SecretPaths.In(home.Path), Shared = [home[".cache"]] };
        var policy = rules.For(home["."], mayWrite: true, own: [], program: []);

        var judge = new Autopilot.Platform.Sandbox.Watch.CallJudge(policy, BubblewrapArguments.Ordered(MountPlan.For(policy)));

        Assert.Contains("which is hidden", judge.Read(home[file]));
    }

    [Theory]
    [InlineData(".pulumi/bin/pulumi")]
    [InlineData(".config/Code/User/settings.json")]
    public void Programs_and_settings_beside_them_are_not(string file)
    {
        home.Write(file, "");
        Assert.DoesNotContain(SecretPaths.In(home.Path), hidden => home[file].StartsWith(hidden + "/", StringComparison.Ordinal) || home[file] == hidden);
    }

    public void Dispose() => home.Dispose();
}
