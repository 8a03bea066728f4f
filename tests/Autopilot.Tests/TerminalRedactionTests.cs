using System.Text.Json;
using Autopilot.Engine.Recording;
using Autopilot.Rendering;
using Autopilot.Testing;

namespace Autopilot.Tests;

/// <summary>What the user typed or configured is repeated on the screen, and in the logs of a CI, without its secrets.</summary>
public sealed class TerminalRedactionTests : IDisposable
{
    private const string Key = "sk-ant-api03-Kq7Zt4Lr2Hc9Dm4Fs6Gp1Ba8Ne3Kw5";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Key)]
    [InlineData("run", "-c", "/tmp/" + Key, "do it")]
    [InlineData("run", "--dry-run", "--command", "echo " + Key, "do it")]
    [InlineData("config", "show", Key)]
    public async Task No_command_repeats_a_key_that_it_was_given(params string[] args)
    {
        var console = new Console { Folder = folder.Path };
        await console.Run(args);
        Assert.DoesNotContain("Kq7Z", console.Output + console.Error, StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", console.Output + console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_configuration_is_shown_without_secrets(bool json)
    {
        File.WriteAllText(folder["autopilot.yaml"], $$"""
            agents:
              mine: { kind: command, command: [tool, --key, {{Key}}], env: { SERVICE_TOKEN: plain words, LEVEL: debug } }
            """);
        Directory.CreateDirectory(folder[".git"]);
        var console = new Console { Folder = folder.Path };
        Assert.Equal(0, await console.Run(json ? ["config", "show", "--json"] : ["config", "show"]));
        Assert.DoesNotContain("Kq7Z", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("plain words", console.Output, StringComparison.Ordinal);
        Assert.Contains("debug", console.Output, StringComparison.Ordinal);
        if (json) JsonDocument.Parse(console.Output).Dispose();
    }

    [Fact]
    public void The_rules_are_set_up_with_the_first_word_that_could_hold_a_secret()
    {
        var asked = 0;
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, false, false, false) { Redactor = Funnel };
        terminal.Result("ok");
        Assert.Equal(0, asked);
        terminal.Result($"a key: {Key}");
        Assert.Equal(1, asked);

        SecretRedactor Funnel()
        {
            asked++;
            return SecretRedactor.FromEnvironment([]);
        }
    }
}
