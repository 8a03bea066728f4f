using System.Diagnostics;
using System.Text.Json.Nodes;
using Autopilot.ModelServer;

namespace Autopilot.Bench.Sessions;

/// <summary>A kept process of a CLI with nothing between it and the clock: what a turn takes without us.</summary>
internal sealed class LoneCli : IDisposable
{
    private readonly Process process;

    private LoneCli(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in variables) start.Environment[name] = value;
#pragma warning disable RS0030 // Without our supervisor is the point.
        process = Process.Start(start)!;
#pragma warning restore RS0030
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>Times of turns after the first.</summary>
    public static async Task<List<TimeSpan>> Turns(string kind, string bin, ScenarioServer server, int count, CancellationToken cancellation)
    {
        using var bench = new Bench(bin);
        using var cli = kind == "codex" ? Codex(bin, bench, server) : Claude(bin, bench, server);
        var thread = kind == "codex" ? await cli.BeginThread(bench.Workspace, cancellation) : null;
        var times = new List<TimeSpan>();
        for (var i = 0; i <= count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await cli.Say(thread is null ? UserMessage(i) : TurnStart(thread, i), cancellation);
            await cli.Until(line => line["type"]?.GetValue<string>() == "result" || line["method"]?.GetValue<string>() == "turn/completed", cancellation);
            if (i > 0) times.Add(Stopwatch.GetElapsedTime(start));
        }

        return times;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static LoneCli Claude(string bin, Bench bench, ScenarioServer server) => new(
        Path.Combine(bin, "claude"),
        ["-p", "--permission-mode", "bypassPermissions", "--output-format", "stream-json", "--verbose", "--input-format", "stream-json"],
        bench.Workspace,
        new Dictionary<string, string>(bench.Variables) { ["ANTHROPIC_BASE_URL"] = server.Url, ["ANTHROPIC_API_KEY"] = "sk-ant-fake", ["IS_SANDBOX"] = "1", ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1" });

    private static LoneCli Codex(string bin, Bench bench, ScenarioServer server) => new(
        Path.Combine(bin, "codex"),
        ["app-server", "-c", "sandbox_mode=\"workspace-write\"", "-c", "features.plugins=false", "-c", "model_provider=\"alone\"", "-c", $"model_providers.alone={{name=\"alone\",base_url=\"{server.OpenAiUrl}\",wire_api=\"responses\",env_key=\"FAKE_KEY\"}}"],
        bench.Workspace,
        bench.Variables);

    private static JsonObject UserMessage(int turn) => new()
    {
        ["type"] = "user",
        ["message"] = new JsonObject { ["role"] = "user", ["content"] = Text(turn) },
    };

    private static JsonObject TurnStart(string thread, int turn) => new() { ["id"] = 10 + turn, ["method"] = "turn/start", ["params"] = new JsonObject { ["threadId"] = thread, ["input"] = Text(turn) } };

    private static JsonArray Text(int turn) => [new JsonObject { ["type"] = "text", ["text"] = $"[[mock:hello]] turn {turn}" }];

    private async Task<string> BeginThread(string folder, CancellationToken cancellation)
    {
        await Say(new JsonObject { ["id"] = 1, ["method"] = "initialize", ["params"] = new JsonObject { ["clientInfo"] = new JsonObject { ["name"] = "bench", ["title"] = "Bench", ["version"] = "1" } } }, cancellation);
        await Until(line => line["id"]?.GetValue<int>() == 1, cancellation);
        await Say(new JsonObject { ["method"] = "initialized" }, cancellation);
        await Say(new JsonObject { ["id"] = 2, ["method"] = "thread/start", ["params"] = new JsonObject { ["cwd"] = folder, ["approvalPolicy"] = "on-request", ["sandbox"] = "workspace-write", ["model"] = "gpt-5.5" } }, cancellation);
        var answer = await Until(line => line["id"]?.GetValue<int>() == 2, cancellation);
        return answer["result"]!["thread"]!["id"]!.GetValue<string>();
    }

    private async Task Say(JsonObject message, CancellationToken cancellation)
    {
        await process.StandardInput.WriteLineAsync(message.ToJsonString().AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
    }

    private async Task<JsonNode> Until(Predicate<JsonNode> isLast, CancellationToken cancellation)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            if (line.StartsWith('{') && JsonNode.Parse(line) is { } node && isLast(node)) return node;
        throw new InvalidOperationException("The CLI ended by itself.");
    }
}
