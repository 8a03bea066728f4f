using System.Globalization;
using System.Text;

using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Codex;

/// <summary>How <c>codex exec</c> is started. The prompt goes to stdin, which is then closed: it waits for the end of an open one.</summary>
internal static class CodexLauncher
{
    private const string Provider = "autopilot";
    private static readonly string[] VendorEndpoints = ["https://api.openai.com", "https://chatgpt.com", "https://auth.openai.com"];

    public static LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings)
    {
        var schema = request.AnswerSchema is { } text ? new ScratchFile(Path.Combine(surroundings.Scratch, "schema.json"), text) : null;
        var credential = Credential(settings, surroundings);
        var environment = AgentEnvironment.Build(surroundings.Variables, settings, request, new Dictionary<string, string>(StringComparer.Ordinal), credential);
        return new LaunchPlan
        {
            Executable = settings.Command.Count > 0 ? settings.Command[0] : "codex",
            Arguments = [.. settings.Command.Skip(1), .. Arguments(request, settings, surroundings, schema?.Path, credential?.Key)],
            Environment = environment,
            Stdin = Encoding.UTF8.GetBytes(request.Instructions is null ? request.Prompt : $"{request.Instructions}\n\n{request.Prompt}"),
            Files = schema is null ? [] : [schema],
            Folders = [Home(environment, surroundings)], // it does not start when its home is missing
            Endpoints = Endpoints(settings),
        };
    }

    /// <summary>How the long-lived server is started; its prompts come over its own protocol.</summary>
    public static LaunchPlan ServerPlan(AgentRequest request, AgentSettings settings, Surroundings surroundings)
    {
        var credential = Credential(settings, surroundings);
        var environment = AgentEnvironment.Build(surroundings.Variables, settings, request, new Dictionary<string, string>(StringComparer.Ordinal), credential);
        return new LaunchPlan
        {
            Executable = settings.Command.Count > 0 ? settings.Command[0] : "codex",
            Arguments = [.. settings.Command.Skip(1), "app-server", .. Settings(request, settings, surroundings, credential?.Key), .. settings.ExtraArguments],
            Environment = environment,
            Stdin = ReadOnlyMemory<byte>.Empty,
            Folders = [Home(environment, surroundings)],
            Endpoints = Endpoints(settings),
        };
    }

    /// <summary>The mode of codex's own sandbox that fits what the agent may do.</summary>
    /// <remarks>Inside ours it must stay out: its sandbox is a user namespace, ours forbids further ones, and every command would fail. Ours confines all of codex.</remarks>
    public static string Sandbox(AgentAccess access, bool sandboxed) => sandboxed ? "danger-full-access" : access == AgentAccess.Write ? "workspace-write" : "read-only";

    private static string[] Endpoints(AgentSettings settings) => settings.BaseUrl is { } url ? [url] : VendorEndpoints;

    private static string Home(Dictionary<string, string> environment, Surroundings surroundings) =>
        environment.GetValueOrDefault("CODEX_HOME") ?? Path.Combine(environment.GetValueOrDefault("HOME") ?? surroundings.Home, ".codex");

    private static List<string> Arguments(AgentRequest request, AgentSettings settings, Surroundings surroundings, string? schema, string? keyVariable)
    {
        List<string> arguments = ["exec", "--json", "--skip-git-repo-check"];
        if ((request.Model ?? settings.Model) is { } model) arguments.AddRange(["-m", model]);
        arguments.AddRange(Settings(request, settings, surroundings, keyVariable));
        if (schema is not null) arguments.AddRange(["--output-schema", schema]);
        arguments.AddRange(settings.ExtraArguments);
        if (request.ResumeSessionId is { } thread) arguments.AddRange(["resume", thread]); // never --last: it begins a new thread when nothing fits
        arguments.Add("-");
        return arguments;
    }

    private static List<string> Settings(AgentRequest request, AgentSettings settings, Surroundings surroundings, string? keyVariable)
    {
        // A resumed thread does not inherit its sandbox, and `resume` has no -s of its own: the setting holds for both.
        List<string> arguments = ["-c", $"sandbox_mode={Toml.Text(Sandbox(request.Access, surroundings.Sandboxed))}", "-c", "features.plugins=false"];
        if (settings.BaseUrl is { } url) arguments.AddRange(ProviderAt(url, keyVariable, request.Limits.Silence));
        foreach (var server in request.McpServers) arguments.AddRange(["-c", McpServer(server)]);
        return arguments;
    }

    /// <summary>A provider of our own: the environment's base URL is ignored, and the built-in provider tries a web socket first.</summary>
    private static IEnumerable<string> ProviderAt(string url, string? keyVariable, TimeSpan? silence)
    {
        var idle = silence is { } limit && limit < TimeSpan.FromMinutes(5) ? limit * 0.9 : TimeSpan.FromMinutes(5);
        var table = new StringBuilder($"model_providers.{Provider}={{name={Toml.Text(Provider)},base_url={Toml.Text(WithVersion(url))},wire_api=\"responses\"");
        if (keyVariable is not null) table.Append(CultureInfo.InvariantCulture, $",env_key={Toml.Text(keyVariable)}");
        // Left alone, it asks thirty times before it gives up.
        table.Append(CultureInfo.InvariantCulture, $",request_max_retries=2,stream_max_retries=2,stream_idle_timeout_ms={(long)idle.TotalMilliseconds}}}");
        return ["-c", $"model_provider={Toml.Text(Provider)}", "-c", table.ToString()];
    }

    private static KeyValuePair<string, string>? Credential(AgentSettings settings, Surroundings surroundings) => settings.BaseUrl is null
        ? AgentEnvironment.Credential(surroundings.Variables, settings, "CODEX_API_KEY", "CODEX_API_KEY", "OPENAI_API_KEY")
        : AgentEnvironment.Credential(surroundings.Variables, settings, settings.ApiKeyEnv ?? "", "CODEX_API_KEY", "OPENAI_API_KEY");

    private static string WithVersion(string url)
    {
        var trimmed = url.TrimEnd('/');
        return Uri.TryCreate(trimmed, UriKind.Absolute, out var parsed) && parsed.AbsolutePath == "/" ? trimmed + "/v1" : trimmed;
    }

    private static string McpServer(McpServer server)
    {
        var arguments = string.Join(',', server.Arguments.Select(Toml.Text));
        var variables = string.Join(',', server.Environment.Select(v => $"{Toml.Text(v.Key)}={Toml.Text(v.Value)}"));
        // Nobody is there to approve its tools one by one; offering the server is the approval.
        return $"mcp_servers.{server.Name.Replace('.', '_')}={{command={Toml.Text(server.Command)},args=[{arguments}],env={{{variables}}},default_tools_approval_mode=\"approve\"}}";
    }
}
