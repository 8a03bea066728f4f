using Autopilot.Core;
using Autopilot.Platform.Sandbox;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

public sealed class ConfigurationGuardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ConfigurationGuardTests() => Directory.CreateDirectory(folder[".autopilot"]);

    private string Configuration => folder["autopilot.yaml"];

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("folder")]
    public void What_appears_is_not_used_and_is_moved_aside(string kind)
    {
        using (var guard = ConfigurationGuard.Begin(Configuration, folder.Path)!)
        {
            ConfigurationGuard.RequireKnown(Configuration);
            if (kind == "file") File.WriteAllText(Configuration, "sandbox: off\n");
            else if (kind == "link") File.CreateSymbolicLink(Configuration, folder["nowhere"]);
            else Directory.CreateDirectory(Configuration);
            Assert.Equal(ExitCodes.Refused, Assert.Throws<UserErrorException>(() => ConfigurationGuard.RequireKnown(Configuration)).ExitCode);

            Assert.Contains("take it back", guard.Settle());
            Assert.Null(guard.Settle());
        }

        Assert.False(Path.Exists(Configuration));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder[".autopilot/quarantine"]));
        File.WriteAllText(Configuration, "sandbox: off\n"); // by a person, later
        ConfigurationGuard.RequireKnown(Configuration);
    }

    [Fact]
    public void An_agent_that_removes_our_folder_fails_nothing()
    {
        using (var guard = ConfigurationGuard.Begin(Configuration, folder.Path)!)
        {
            Directory.Delete(folder[".autopilot"], recursive: true);
            File.WriteAllText(Configuration, "sandbox: off\n");
            Assert.Contains("take it back", guard.Settle());
        }

        Assert.False(Path.Exists(Configuration));
    }

    [Fact]
    public void Where_there_is_one_or_the_agent_works_elsewhere_none_can_appear()
    {
        Assert.Null(ConfigurationGuard.Begin(Configuration, folder["elsewhere"]));
        Assert.Null(ConfigurationGuard.Begin(null, folder.Path));
        File.WriteAllText(Configuration, "");
        Assert.Null(ConfigurationGuard.Begin(Configuration, folder.Path));
        ConfigurationGuard.RequireKnown(Configuration);
    }

    public void Dispose() => folder.Dispose();
}
