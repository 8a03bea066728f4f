using System.Text;

using Autopilot.Agents.Claude;
using Autopilot.Agents.Codex;
using Autopilot.Agents.Command;
using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Tests.Launching;

public sealed class LauncherTests
{
    private static readonly AgentRequest request = new() { Prompt = "--do -this", Workspace = "/w" };
    private static readonly McpServer server = new("echo", "node", ["a b.mjs"], new Dictionary<string, string> { ["MARK"] = "x\"y" });

    [Fact]
    public void Claude_gets_its_prompt_on_stdin_only()
    {
        var plan = Claude(request);
        Assert.Equal("--do -this", Encoding.UTF8.GetString(plan.Stdin.Span));
        Assert.DoesNotContain("--do -this", plan.Arguments);
        Assert.Equal("-p", plan.Arguments[0]);
        Assert.Contains("--verbose", plan.Arguments);
        Assert.Equal("2", plan.Environment["CLAUDE_CODE_MAX_RETRIES"]);
        Assert.Equal("1", plan.Environment["CLAUDE_CODE_EAGER_FLUSH"]);
        Assert.False(plan.Environment.ContainsKey("IS_SANDBOX"));
    }

    [Fact]
    public void No_extra_argument_of_claude_follows_a_variadic_option()
    {
        var arguments = Claude(request with { McpServers = [server] }, new() { Name = "claude", Kind = "claude", ExtraArguments = ["stray"] }).Arguments;
        string[] variadic = ["--allowedTools", "--mcp-config", "--tools"];
        foreach (var option in variadic.Where(arguments.Contains))
            Assert.StartsWith("--", arguments[arguments.ToList().IndexOf(option) + 2], StringComparison.Ordinal);
        Assert.Equal("stray", arguments[^1]);
    }

    [Fact]
    public void Claude_resumes_by_id_and_passes_permissions_and_limits_again()
    {
        var arguments = Claude(request with { ResumeSessionId = "old", NewSessionId = "new", Limits = new() { Turns = 3, BudgetUsd = 0.5m } }).Arguments;
        Assert.Contains("--resume", arguments);
        Assert.DoesNotContain("--session-id", arguments);
        Assert.Equal("0.5", After(arguments, "--max-budget-usd"));
        Assert.Equal("3", After(arguments, "--max-turns"));
        Assert.Equal("acceptEdits", After(arguments, "--permission-mode"));
    }

    [Fact]
    public void Claude_that_only_answers_has_no_tools()
    {
        Assert.Equal("", After(Claude(request with { Access = AgentAccess.None }).Arguments, "--tools"));
        Assert.DoesNotContain("Write", After(Claude(request with { Access = AgentAccess.ReadOnly }).Arguments, "--tools"));
    }

    [Fact]
    public void Claude_reads_its_MCP_servers_from_a_private_file()
    {
        var plan = Claude(request with { McpServers = [server] });
        Assert.Equal(plan.Files[0].Path, After(plan.Arguments, "--mcp-config"));
        Assert.Contains("--strict-mcp-config", plan.Arguments);
        Assert.DoesNotContain("x\"y", string.Join(' ', plan.Arguments));
        Assert.Equal("false", plan.Environment["ENABLE_TOOL_SEARCH"]);
    }

    [Fact]
    public void Claude_waits_for_the_API_a_little_less_than_we_wait_for_it() =>
        Assert.Equal("9000", Claude(request with { Limits = new() { Silence = TimeSpan.FromSeconds(10) } }).Environment["API_TIMEOUT_MS"]);

    [Fact]
    public void A_sandboxed_claude_is_told_so() =>
        Assert.Equal("1", new ClaudeAdapter().Plan(request, new() { Name = "claude", Kind = "claude" }, Around() with { Sandboxed = true }).Environment["IS_SANDBOX"]);

    [Fact]
    public void Codex_resumes_by_id_with_its_sandbox_given_again()
    {
        var arguments = Codex(request with { ResumeSessionId = "thread-1" }).Arguments;
        Assert.Equal(["resume", "thread-1", "-"], arguments.TakeLast(3));
        Assert.Contains("sandbox_mode=\"workspace-write\"", arguments);
        Assert.DoesNotContain("--last", arguments);
    }

    [Fact]
    public void Codex_without_write_access_is_read_only() =>
        Assert.Contains("sandbox_mode=\"read-only\"", Codex(request with { Access = AgentAccess.ReadOnly }).Arguments);

    [Theory]
    [InlineData(AgentAccess.Write)]
    [InlineData(AgentAccess.ReadOnly)]
    public void Codex_in_our_sandbox_makes_none_of_its_own(AgentAccess access) =>
        Assert.Contains("sandbox_mode=\"danger-full-access\"", new CodexAdapter().Plan(request with { Access = access }, new() { Name = "codex", Kind = "codex" }, Around() with { Sandboxed = true }).Arguments);

    [Fact]
    public void Claude_is_allowed_no_tool_by_name_that_writes_files() =>
        Assert.Empty(After(Claude(request).Arguments, "--allowedTools").Split(',').Intersect(["Edit", "Write", "NotebookEdit"], StringComparer.Ordinal));

    [Fact]
    public void Codex_talks_to_an_endpoint_through_a_provider_of_its_own_with_bounded_retries()
    {
        var plan = Codex(request, new() { Name = "codex", Kind = "codex", BaseUrl = "http://127.0.0.1:9", ApiKeyEnv = "MY_KEY" });
        var provider = Assert.Single(plan.Arguments, a => a.StartsWith("model_providers.", StringComparison.Ordinal));
        Assert.Contains("base_url=\"http://127.0.0.1:9/v1\"", provider);
        Assert.Contains("env_key=\"MY_KEY\"", provider);
        Assert.Contains("request_max_retries=2,stream_max_retries=2", provider);
        Assert.Equal("secret", plan.Environment["MY_KEY"]);
        Assert.DoesNotContain("secret", string.Join(' ', plan.Arguments));
    }

    [Fact]
    public void Codex_home_is_made_because_it_must_exist() => Assert.Equal(["/h/codex"], Codex(request).Folders);

    [Fact]
    public void Codex_settings_are_quoted()
    {
        var argument = Assert.Single(Codex(request with { McpServers = [server] }).Arguments, a => a.StartsWith("mcp_servers.", StringComparison.Ordinal));
        Assert.Equal("""mcp_servers.echo={command="node",args=["a b.mjs"],env={"MARK"="x\"y"},default_tools_approval_mode="approve"}""", argument);
    }

    [Fact]
    public void A_command_gets_its_prompt_twice()
    {
        var plan = new CommandAdapter().Plan(request, new() { Name = "mine", Kind = "command", Command = ["./agent.sh", "x"] }, Around());
        Assert.Equal("--do -this", Encoding.UTF8.GetString(plan.Stdin.Span));
        Assert.Equal("--do -this", plan.Files[0].Content);
        Assert.Equal(plan.Files[0].Path, plan.Environment["AUTOPILOT_PROMPT_FILE"]);
        Assert.Equal(["x"], plan.Arguments);
    }

    private static LaunchPlan Claude(AgentRequest asked, AgentSettings? settings = null) =>
        new ClaudeAdapter().Plan(asked, settings ?? new() { Name = "claude", Kind = "claude" }, Around());

    private static LaunchPlan Codex(AgentRequest asked, AgentSettings? settings = null) =>
        new CodexAdapter().Plan(asked, settings ?? new() { Name = "codex", Kind = "codex" }, Around());

    private static Surroundings Around() => new()
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/bin", ["HOME"] = "/h", ["MY_KEY"] = "secret", ["CODEX_HOME"] = "/h/codex" },
        Scratch = "/s",
    };

    private static string After(IReadOnlyList<string> arguments, string option) => arguments[arguments.ToList().IndexOf(option) + 1];
}
