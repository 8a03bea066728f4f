using System.Text.Json;

using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Claude;

/// <summary>Reads the stream of <c>claude --output-format stream-json --verbose</c>.</summary>
/// <param name="resumed">True when the session has a past, whose cost is in the CLI's totals.</param>
public sealed class ClaudeTranslator(bool resumed) : JsonLineTranslator
{
    private readonly HashSet<string> messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> denials = new(StringComparer.Ordinal);
    private readonly ClaudeUsage usage = new(resumed);
    private string? apiError;
    private DateTimeOffset? retryAt;

    /// <summary>True when the last result answered a background task of the agent's own, and no prompt.</summary>
    public bool LastResultWasItsOwn { get; private set; }

    protected override void Read(JsonElement json, ICollection<AgentEvent> events)
    {
        // `type` is not always the first key: the whole object is parsed before it is asked.
        switch (json.Text("type"))
        {
            case "assistant": Assistant(json, events); break;
            case "user": User(json, events); break;
            case "system": System(json, events); break;
            case "result": Result(json, events); break;
            case "rate_limit_event": RateLimit(json.Get("rate_limit_info"), events); break;
            case "stream_event" or "control_response" or "control_request" or "control_cancel_request" or "keep_alive": break;
            default: Unknown(json, events); break;
        }
    }

    private void Assistant(JsonElement json, ICollection<AgentEvent> events)
    {
        if (json.Get("message") is not { } message) return;
        var id = message.Text("id");
        if (json.Text("error") is { } error) apiError = error;
        else if (!message.Is("model", "<synthetic>"u8) && (id is null || messages.Add(id)))
            events.Add(new ModelCall(id, message.Get("usage") is { } used ? ClaudeUsage.Of(used) : null));
        foreach (var block in message.Items("content")) Block(block, id, json.Text("parent_tool_use_id"), events);
    }

    private static void Block(JsonElement block, string? message, string? parent, ICollection<AgentEvent> events)
    {
        switch (block.Text("type"))
        {
            case "text": events.Add(new AssistantText(block.Text("text") ?? "", message)); break;
            case "thinking": events.Add(new Thinking(block.Text("thinking") ?? "", block.Text("signature"))); break;
            case "redacted_thinking": break;
            case "tool_use" or "server_tool_use" or "mcp_tool_use":
                events.Add(new ToolCall(block.Text("name") ?? "?", block.Text("id") ?? "", block.Get("input")?.Clone() ?? default, parent));
                break;
            default: Unknown(block, events); break;
        }
    }

    private static void User(JsonElement json, ICollection<AgentEvent> events)
    {
        var content = json.Get("message").Get("content");
        if (content is { ValueKind: JsonValueKind.String } text) events.Add(new UserText(text.GetString()!));
        foreach (var block in json.Get("message").Items("content"))
        {
            if (block.Is("type", "tool_result"u8)) events.Add(new ToolResult(block.Text("tool_use_id") ?? "", !block.True("is_error"), Output(block)));
            else if (block.Text("text") is { } said) events.Add(new UserText(said));
        }
        if (ClaudeEdit.In(json.Get("tool_use_result")) is { } change) events.Add(change);
    }

    private static string? Output(JsonElement result) => result.Get("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } => string.Join('\n', result.Items("content").Select(b => b.Text("text") ?? $"[{b.Text("type")}]")),
        _ => null,
    };

    private void System(JsonElement json, ICollection<AgentEvent> events)
    {
        switch (json.Text("subtype"))
        {
            case "init": Init(json, events); break;
            case "api_retry": events.Add(Retry(json)); break;
            case "permission_denied": Denied(json.Text("tool_use_id"), json.Text("tool_name"), json.Text("message"), events); break;
            case "task_started": events.Add(Task(json, "started", "description")); break;
            case "task_notification": events.Add(Task(json, json.Is("status", "completed"u8) ? "done" : "error", "summary")); break;
            case "status" when json.Text("status") is { } status && status != "requesting": events.Add(new AgentStatus(status)); break;
            case "informational": events.Add(new AgentStatus(json.Text("content") ?? "")); break;
            case "compact_boundary": events.Add(new AgentStatus("the conversation was compacted")); break;
            case { } other when other.StartsWith("model_refusal", StringComparison.Ordinal):
                apiError = "refusal";
                events.Add(new AgentStatus("the model refused"));
                break;
            default: break; // progress, hooks and the interface's own business
        }
    }

    private static void Init(JsonElement json, ICollection<AgentEvent> events)
    {
        var tools = json.Items("tools").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!).ToList();
        events.Add(new SessionStarted(json.Text("session_id"), json.Text("model"), json.Text("claude_code_version"), tools));
        foreach (var server in json.Items("mcp_servers").Where(s => s.Is("status", "failed"u8)))
            events.Add(new AgentStatus($"the MCP server {server.Text("name")} could not be started"));
    }

    private static ModelRetry Retry(JsonElement json)
    {
        var status = json.Number("error_status");
        var error = json.Text("error") ?? "unknown";
        var delay = json.Decimal("retry_delay_ms") is { } ms and >= 0 and < 1e9m ? TimeSpan.FromMilliseconds((double)ms) : (TimeSpan?)null;
        var failure = ClaudeFailure.Of(error, status, null);
        return new(json.Number("attempt") ?? 1, failure == FailureKind.Unknown ? FailureKind.BrokenStream : failure, delay, status is null ? error : $"{error} ({status})");
    }

    private static Subagent Task(JsonElement json, string state, string summary) =>
        new(json.Text("tool_use_id") ?? json.Text("task_id") ?? "", json.Text("subagent_type") ?? json.Text("task_type") ?? "task", state, json.Text(summary));

    private void Denied(string? call, string? tool, string? reason, ICollection<AgentEvent> events)
    {
        if (call is null || denials.Add(call)) events.Add(new ToolDenied(tool ?? "?", reason ?? "denied"));
    }

    private void RateLimit(JsonElement? info, ICollection<AgentEvent> events)
    {
        if (info is not { } limit || limit.Is("status", "allowed"u8)) return;
        if (limit.Count("resetsAt") is > 0 and < 253_402_300_800 and var seconds) retryAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        events.Add(new AgentStatus($"the allowance is {limit.Text("status")}{(retryAt is { } at ? $" until {at:u}" : "")}"));
    }

    private void Result(JsonElement json, ICollection<AgentEvent> events)
    {
        foreach (var report in usage.Since(json)) events.Add(report);
        foreach (var denial in json.Items("permission_denials"))
            Denied(denial.Text("tool_use_id"), denial.Text("tool_name"), "denied without a question", events);
        var text = json.Text("result") ?? string.Join("; ", json.Items("errors").Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()));
        var (failure, limit) = ClaudeFailure.Of(json, apiError, text);
        // The CLI reports one turn more than the limit that ended it.
        var turns = json.Number("num_turns") - (limit == LimitKind.Turns ? 1 : 0);
        events.Add(new TurnEnded(failure, limit, text, turns, failure is FailureKind.NoQuota or FailureKind.RateLimit ? retryAt : null));
        LastResultWasItsOwn = json.Get("origin") is not null;
        apiError = null;
    }
}
