using System.Globalization;
using System.Text;
using System.Text.Json;

using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Claude;

/// <summary>How Claude Code is started. The prompt always goes to stdin: its variadic options would swallow a positional one.</summary>
internal static class ClaudeLauncher
{
    // Not the tools that write files: acceptEdits allows those inside the workspace, and naming them here would allow them everywhere.
    private const string WriteTools = "Bash,Read,Glob,Grep,WebFetch,WebSearch,Task,TodoWrite";
    private const string ReadTools = "Read,Glob,Grep,Bash";
    private static readonly string[] VendorEndpoints = ["https://api.anthropic.com", "https://console.anthropic.com", "https://platform.claude.com", "https://claude.ai"];
    private const int LongestArgument = 60_000;
    private static readonly TimeSpan longestApiTimeout = TimeSpan.FromMinutes(5);

    public static LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings, bool conversation = false)
    {
        var mcpConfig = request.McpServers.Count == 0 ? null : new ScratchFile(Path.Combine(surroundings.Scratch, "mcp.json"), McpConfig(request.McpServers));
        var instructionsFit = request.Instructions is null || request.Instructions.Length <= LongestArgument;
        var environment = Environment(request, settings, surroundings);
        return new LaunchPlan
        {
            Executable = settings.Command.Count > 0 ? settings.Command[0] : "claude",
            Arguments = [.. settings.Command.Skip(1), .. Arguments(request, settings, mcpConfig?.Path, conversation, instructionsFit), .. settings.ExtraArguments],
            Environment = environment,
            Stdin = conversation ? default : Encoding.UTF8.GetBytes(instructionsFit ? request.Prompt : $"{request.Instructions}\n\n{request.Prompt}"),
            Files = mcpConfig is null ? [] : [mcpConfig],
            State = State(environment, surroundings),
            Folders = State(environment, surroundings)[..1],
            Endpoints = environment.ContainsKey("ANTHROPIC_BASE_URL") ? [] : VendorEndpoints,
        };
    }

    /// <summary>Its folder first.</summary>
    private static string[] State(Dictionary<string, string> environment, Surroundings surroundings)
    {
        if (environment.TryGetValue("CLAUDE_CONFIG_DIR", out var configured)) return [configured];
        var home = environment.GetValueOrDefault("HOME") ?? surroundings.Home;
        return [Path.Combine(home, ".claude"), Path.Combine(home, ".claude.json")];
    }

    private static List<string> Arguments(AgentRequest request, AgentSettings settings, string? mcpConfig, bool conversation, bool instructionsFit)
    {
        List<string> arguments = ["-p"];
        AddAccess(arguments, request);
        if (mcpConfig is not null) arguments.AddRange(["--strict-mcp-config", "--mcp-config", mcpConfig]);
        // From here on no option is variadic, so that the user's extra arguments cannot be swallowed.
        arguments.AddRange(["--output-format", "stream-json", "--verbose"]);
        if (conversation) arguments.AddRange(["--input-format", "stream-json"]);
        if ((request.Model ?? settings.Model) is { } model) arguments.AddRange(["--model", model]);
        if (request.ResumeSessionId is { } old) arguments.AddRange(["--resume", old]);
        else if (request.NewSessionId is { } fresh) arguments.AddRange(["--session-id", fresh]);
        if (request.Limits.Turns is { } turns) arguments.AddRange(["--max-turns", turns.ToString(CultureInfo.InvariantCulture)]);
        if (request.Limits.BudgetUsd is { } budget) arguments.AddRange(["--max-budget-usd", budget.ToString(CultureInfo.InvariantCulture)]);
        if (request.AnswerSchema is { } schema) arguments.AddRange(["--json-schema", schema]);
        if (request.Instructions is { } instructions && instructionsFit) arguments.AddRange(["--append-system-prompt", instructions]);
        return arguments;
    }

    private static void AddAccess(List<string> arguments, AgentRequest request)
    {
        var servers = string.Concat(request.McpServers.Select(s => $",mcp__{s.Name}"));
        switch (request.Access)
        {
            case AgentAccess.Write:
                arguments.AddRange(["--permission-mode", "acceptEdits", "--allowedTools", WriteTools + servers]);
                break;
            case AgentAccess.ReadOnly:
                // The CLI itself lets pass the shell commands that only read; every other question is a refusal.
                arguments.AddRange(["--permission-mode", "dontAsk", "--tools", ReadTools, "--allowedTools", "Read,Glob,Grep" + servers]);
                break;
            default:
                arguments.AddRange(["--permission-mode", "dontAsk", "--tools", ""]);
                break;
        }
    }

    private static Dictionary<string, string> Environment(AgentRequest request, AgentSettings settings, Surroundings surroundings)
    {
        var defaults = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Left alone, it retries for three minutes, and waits six for each answer that never begins.
            ["CLAUDE_CODE_MAX_RETRIES"] = "2",
            ["API_TIMEOUT_MS"] = ApiTimeout(request.Limits.Silence).ToString(CultureInfo.InvariantCulture),
            // Left alone, it writes a session down some 100 ms after it showed it: whoever was killed in between had nothing to resume.
            ["CLAUDE_CODE_EAGER_FLUSH"] = "1",
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
            ["DISABLE_AUTOUPDATER"] = "1",
        };
        if (settings.BaseUrl is { } url) defaults["ANTHROPIC_BASE_URL"] = WithoutVersion(url);
        if (request.McpServers.Count > 0) defaults["ENABLE_TOOL_SEARCH"] = "false";
        if (surroundings.Sandboxed) defaults["IS_SANDBOX"] = "1";
        var credential = AgentEnvironment.Credential(
            surroundings.Variables, settings, "ANTHROPIC_API_KEY", "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_AUTH_TOKEN");
        return AgentEnvironment.Build(surroundings.Variables, settings, request, defaults, credential);
    }

    /// <summary>Shorter than our own clock, so that the CLI can still say what it waited for.</summary>
    private static int ApiTimeout(TimeSpan? silence)
    {
        var limit = silence is { } own && own * 0.9 < longestApiTimeout ? own * 0.9 : longestApiTimeout;
        return (int)Math.Max(1000, limit.TotalMilliseconds);
    }

    private static string WithoutVersion(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith("/v1", StringComparison.Ordinal) ? trimmed[..^3] : trimmed;
    }

    private static string McpConfig(IReadOnlyList<McpServer> servers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("mcpServers");
            foreach (var server in servers) WriteServer(json, server);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteServer(Utf8JsonWriter json, McpServer server)
    {
        json.WriteStartObject(server.Name);
        json.WriteString("type", "stdio");
        json.WriteString("command", server.Command);
        json.WriteStartArray("args");
        foreach (var argument in server.Arguments) json.WriteStringValue(argument);
        json.WriteEndArray();
        json.WriteStartObject("env");
        foreach (var (name, value) in server.Environment) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
