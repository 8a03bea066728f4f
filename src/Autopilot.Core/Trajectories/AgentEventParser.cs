using System.Text.Json;

using Autopilot.Core.Agents;

namespace Autopilot.Core.Trajectories;

/// <summary>Reads what <see cref="AgentEventJson"/> writes. Absent optional properties get their defaults; unknown ones are ignored.</summary>
public static class AgentEventParser
{
    /// <summary>The event in a JSON object; null when its <c>type</c> is none we know.</summary>
    /// <exception cref="FormatException">A property is missing or has the wrong type.</exception>
    public static AgentEvent? Parse(JsonElement json) => json.TextOrNull("type") switch
    {
        "session" => new SessionStarted(json.TextOrNull("session"), json.TextOrNull("model"), json.TextOrNull("version"), json.Texts("tools")),
        "user" => new UserText(json.Text("text")),
        "assistant" => new AssistantText(json.Text("text"), json.TextOrNull("messageId")),
        "thinking" => new Thinking(json.Text("text"), json.TextOrNull("signature")),
        "tool_call" => new ToolCall(json.Text("tool"), json.Text("id"), json.Copy("input"), json.TextOrNull("parent")),
        "tool_result" => new ToolResult(json.Text("id"), json.Flag("success"), json.TextOrNull("output")),
        "tool_denied" => new ToolDenied(json.Text("tool"), json.Text("reason")),
        "file_change" => new FileChanged(json.Text("path"), json.Text("change"), json.TextOrNull("content")),
        "subagent" => new Subagent(json.Text("id"), json.Text("agent"), json.Text("state"), json.TextOrNull("summary")),
        "status" => new AgentStatus(json.Text("text")),
        "retry" => new ModelRetry((int)json.Number("attempt"), EventNames.Failure(json.TextOrNull("failure")), Delay(json), json.TextOrNull("detail") ?? ""),
        "usage" => new UsageReported(Tokens(json), Cost(json), json.TextOrNull("model")),
        "model_call" => new ModelCall(json.TextOrNull("messageId"), json.Has("output") ? Tokens(json) : null),
        "turn_end" => Turn(json),
        "unrecognized" => new Unrecognized(json.Text("line"), json.TextOrNull("reason") ?? ""),
        "stderr" => new AgentStderr(json.Text("line")),
        _ => null,
    };

    private static TurnEnded Turn(JsonElement json) => new(
        EventNames.Failure(json.TextOrNull("failure")),
        EventNames.Limit(json.TextOrNull("limit")),
        json.TextOrNull("text"),
        json.Has("turns") ? (int)json.Number("turns") : null,
        json.TimeOrNull("retryAt"));

    private static TimeSpan? Delay(JsonElement json) =>
        json.DecimalOrNull("delayMs") is { } ms && ms is >= 0 and < 1e12m ? TimeSpan.FromTicks((long)(ms * TimeSpan.TicksPerMillisecond)) : null;

    private static TokenUsage Tokens(JsonElement json) => new(Count(json, "input"), Count(json, "output"), Count(json, "cacheRead"), Count(json, "cacheCreation"));

    private static long Count(JsonElement json, string name) => json.Has(name) ? json.Number(name) : 0;

    private static decimal? Cost(JsonElement json) =>
        json.Has("costUsd") ? json.DecimalOrNull("costUsd") ?? throw new FormatException("\"costUsd\" is not a number") : null;
}
