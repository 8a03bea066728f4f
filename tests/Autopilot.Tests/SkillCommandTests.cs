using Autopilot.Core;
using Autopilot.Testing;

namespace Autopilot.Tests;

public sealed class SkillCommandTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_changes_nothing()
    {
        var console = NewConsole();
        Assert.Equal(ExitCodes.Done, await console.Run("skill", "install", "--dry-run"));
        foreach (var place in (string[])[".claude", ".codex", ".agents"]) Assert.Contains($"create    {home[$"{place}/skills/autopilot/SKILL.md"]}", console.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Path));
    }

    [Theory]
    [InlineData("claude", ".claude")]
    [InlineData("codex", ".codex")]
    [InlineData("agents", ".agents")]
    public async Task Each_target_gets_the_skill_where_its_agent_looks_and_nobody_else(string target, string place)
    {
        Assert.Equal(ExitCodes.Done, await NewConsole().Run("skill", "install", "--target", target));
        Assert.StartsWith("---\nname: autopilot\n", File.ReadAllText(home[$"{place}/skills/autopilot/SKILL.md"]), StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(home.Path));
        var again = NewConsole();
        Assert.Equal(ExitCodes.Done, await again.Run("skill", "install", "--target", target));
        Assert.StartsWith("keep ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folders_that_agents_are_told_of_by_their_environment_count()
    {
        var console = NewConsole();
        console.Variables["CLAUDE_CONFIG_DIR"] = home["c"];
        console.Variables["CODEX_HOME"] = home["x"];
        Assert.Equal(ExitCodes.Done, await console.Run("skill", "install", "--target", "claude", "codex"));
        Assert.True(File.Exists(home["c/skills/autopilot/SKILL.md"]) && File.Exists(home["x/skills/autopilot/SKILL.md"]));
    }

    [Fact]
    public async Task A_skill_that_differs_is_replaced_only_when_asked_and_until_then_nothing_is_changed()
    {
        var own = home.Write(".codex/skills/autopilot/SKILL.md", "my own");
        var console = NewConsole();
        Assert.Equal(ExitCodes.Failed, await console.Run("skill", "install"));
        Assert.Contains($"blocked   {own}", console.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", console.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home[".claude"]));
        Assert.Equal("my own", File.ReadAllText(own));
        Assert.Equal(ExitCodes.Done, await NewConsole().Run("skill", "install", "--overwrite"));
        Assert.NotEqual("my own", File.ReadAllText(own));
        Assert.True(File.Exists(home[".claude/skills/autopilot/SKILL.md"]));
    }

    [Fact]
    public async Task An_unknown_target_is_refused() => Assert.Equal(ExitCodes.Usage, await NewConsole().Run("skill", "install", "--target", "emacs"));

    private Console NewConsole() => new() { Variables = new(StringComparer.Ordinal) { ["HOME"] = home.Path } };
}
