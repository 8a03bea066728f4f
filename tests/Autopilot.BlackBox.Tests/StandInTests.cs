using System.Globalization;
using System.Text.Json;

namespace Autopilot.BlackBox.Tests;

/// <summary>A role that two agents may play, of whom the first is turned away by its provider.</summary>
public sealed class StandInTests : IDisposable
{
    private const string Configuration = "agents:\n  limited: { kind: command, command: [./limited.sh], vendor: one }\n  other: { kind: command, command: [./other.sh], vendor: two }\nroles: { default: limited, worker: [limited, other] }\n";

    private readonly Program program = new();

    public StandInTests()
    {
        File.WriteAllText(program["autopilot.yaml"], Configuration);
        // What a command agent ends with is a rate limit.
        program.Script("limited.sh", "echo limited >> asked.txt; exit 75\n");
        program.Script("other.sh", "cat > prompt.txt; echo other >> asked.txt\n");
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public void The_next_one_plays_while_the_limit_lasts_and_whoever_goes_on_goes_on_with_it()
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        program.Script("limited.sh", $"echo limited >> asked.txt; echo '{{\"type\":\"turn_end\",\"failure\":\"no_quota\",\"limit\":\"quota\",\"retryAt\":\"{until}T00:00:00Z\"}}'; exit 75\n");
        var ended = program.Run("run", "Say hello", "--json");
        Assert.True(ended.Code == 0, ended.Error + ended.Output);
        Assert.Equal("limited\nother\n", File.ReadAllText(program["asked.txt"]));
        Assert.Contains("Say hello", File.ReadAllText(program["prompt.txt"]));
        Assert.Equal("other", JsonDocument.Parse(ended.Output).RootElement.GetProperty("agent").GetString());
        Assert.Contains("other stands in for limited, whose provider one is limited or down", ended.Error);

        Assert.Contains($"provider one is limited until {until}", program.Run("budget").Output);

        Assert.Equal(0, program.Run("resume", "--continue", "-p", "Go on").Code);
        Assert.Equal("limited\nother\nother\n", File.ReadAllText(program["asked.txt"]));
    }

    [Fact]
    public void Who_is_named_by_hand_is_meant_and_nobody_else()
    {
        Assert.Equal(1, program.Run("run", "--agent", "limited", "Say hello").Code);
        Assert.Equal("limited\n", File.ReadAllText(program["asked.txt"]));
    }
}
