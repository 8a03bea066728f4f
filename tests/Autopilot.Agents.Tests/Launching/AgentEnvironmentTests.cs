using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Tests.Launching;

public sealed class AgentEnvironmentTests
{
    private static readonly Dictionary<string, string> own = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/bin",
        ["HOME"] = "/home/u",
        ["LC_ALL"] = "C",
        ["XDG_CONFIG_HOME"] = "/home/u/.config",
        ["ANTHROPIC_API_KEY"] = "sk-1",
        ["GITHUB_TOKEN"] = "ghp",
        ["AWS_SECRET_ACCESS_KEY"] = "aws",
        ["DB_PASSWORD"] = "pw",
        ["MY_FLAG"] = "on",
        ["AUTOPILOT_HOME"] = "/state",
        ["HTTPS_PROXY"] = "http://user:pw@proxy",
        ["NO_PROXY"] = "localhost",
        ["OLDPWD"] = "/x",
    };

    [Fact]
    public void Only_what_is_allowed_gets_through()
    {
        var built = Build(new());
        Assert.Equal(["AUTOPILOT_SESSION", "AUTOPILOT_UNATTENDED", "HOME", "LC_ALL", "NO_PROXY", "PATH", "TERM", "XDG_CONFIG_HOME"], built.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("dumb", built["TERM"]);
    }

    [Fact]
    public void The_one_credential_gets_through() => Assert.Equal("sk-1", Build(new(), new("ANTHROPIC_API_KEY", "sk-1"))["ANTHROPIC_API_KEY"]);

    [Fact]
    public void What_looks_secret_never_passes_even_when_it_is_asked_for()
    {
        var built = Build(new() { Name = "a", Kind = "claude", PassEnvironment = ["GITHUB_TOKEN", "MY_FLAG"], Environment = new Dictionary<string, string> { ["DB_PASSWORD"] = "x" } });
        Assert.False(built.ContainsKey("GITHUB_TOKEN"));
        Assert.False(built.ContainsKey("DB_PASSWORD"));
        Assert.Equal("on", built["MY_FLAG"]);
    }

    [Fact]
    public void The_session_is_marked() =>
        Assert.Equal("id-1", AgentEnvironment.Build(own, Settings(), Request() with { NewSessionId = "id-1" }, new Dictionary<string, string>(), null)["AUTOPILOT_SESSION"]);

    [Theory]
    [InlineData("API_KEY", true)]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("NPM_TOKEN", true)]
    [InlineData("PGPASSWORD", true)]
    [InlineData("GH_PAT", true)]
    [InlineData("SSH_AUTH_SOCK", true)]
    [InlineData("CLIENT_SECRET", true)]
    [InlineData("apikey", true)]
    [InlineData("PATH", false)]
    [InlineData("PWD", false)]
    [InlineData("KEYBOARD_LAYOUT", false)]
    [InlineData("CLAUDE_CODE_MAX_RETRIES", false)]
    [InlineData("AUTOPILOT_PROMPT_FILE", false)]
    public void Secret_names_are_known(string name, bool secret) => Assert.Equal(secret, SecretNames.IsSecret(name));

    private static AgentSettings Settings() => new() { Name = "a", Kind = "claude" };

    private static AgentRequest Request() => new() { Prompt = "p", Workspace = "/w" };

    private static Dictionary<string, string> Build(AgentSettingsOrNone settings, KeyValuePair<string, string>? credential = null) =>
        AgentEnvironment.Build(own, settings.Value, Request(), new Dictionary<string, string>(), credential);

    private sealed record AgentSettingsOrNone
    {
        public string Name { get; init; } = "a";

        public string Kind { get; init; } = "claude";

        public IReadOnlyList<string> PassEnvironment { get; init; } = [];

        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        public AgentSettings Value => new() { Name = Name, Kind = Kind, PassEnvironment = PassEnvironment, Environment = Environment };
    }
}
