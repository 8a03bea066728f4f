using System.Text.Json;

using Autopilot.Core.Agents;

namespace Autopilot.Core.Trajectories;

/// <summary>Agent events as JSON objects: the form in the record, and the one in which a command agent may speak.</summary>
public static class AgentEventJson
{
    /// <summary>Writes the event's properties, <c>type</c> first, into the object that is open in <paramref name="json"/>.</summary>
    public static void WriteProperties(Utf8JsonWriter json, AgentEvent value)
    {
        switch (value)
        {
            case SessionStarted e: WriteSession(json, e); break;
            case UserText e: Typed(json, "user"); JsonText.WriteString(json, "text", e.Text); break;
            case AssistantText e: Typed(json, "assistant"); JsonText.WriteString(json, "text", e.Text); Optional(json, "messageId", e.MessageId); break;
            case Thinking e: Typed(json, "thinking"); JsonText.WriteString(json, "text", e.Text); Optional(json, "signature", e.Signature); break;
            case ToolCall e: WriteCall(json, e); break;
            case ToolResult e: WriteResult(json, e); break;
            case ToolDenied e: Typed(json, "tool_denied"); json.WriteString("tool", e.Tool); json.WriteString("reason", e.Reason); break;
            case FileChanged e: WriteFile(json, e); break;
            case Subagent e: WriteSubagent(json, e); break;
            case AgentStatus e: Typed(json, "status"); JsonText.WriteString(json, "text", e.Text); break;
            case ModelRetry e: WriteRetry(json, e); break;
            case UsageReported e: WriteUsage(json, e); break;
            case ModelCall e: WriteModelCall(json, e); break;
            case TurnEnded e: WriteTurn(json, e); break;
            case Unrecognized e: Typed(json, "unrecognized"); JsonText.WriteString(json, "line", e.Line); json.WriteString("reason", e.Reason); break;
            case AgentStderr e: Typed(json, "stderr"); JsonText.WriteString(json, "line", e.Line); break;
            default: throw new ArgumentException($"The record has no form for {value.GetType().Name}.", nameof(value));
        }
    }

    private static void WriteSession(Utf8JsonWriter json, SessionStarted e)
    {
        Typed(json, "session");
        Optional(json, "session", e.SessionId);
        Optional(json, "model", e.Model);
        Optional(json, "version", e.Version);
        if (e.Tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in e.Tools) json.WriteStringValue(tool);
        json.WriteEndArray();
    }

    private static void WriteCall(Utf8JsonWriter json, ToolCall e)
    {
        Typed(json, "tool_call");
        json.WriteString("tool", e.Tool);
        json.WriteString("id", e.CallId);
        json.WritePropertyName("input");
        if (e.Input.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
        else e.Input.WriteTo(json);
        Optional(json, "parent", e.ParentCallId);
    }

    private static void WriteResult(Utf8JsonWriter json, ToolResult e)
    {
        Typed(json, "tool_result");
        json.WriteString("id", e.CallId);
        json.WriteBoolean("success", e.Success);
        Optional(json, "output", e.Output);
    }

    private static void WriteFile(Utf8JsonWriter json, FileChanged e)
    {
        Typed(json, "file_change");
        json.WriteString("path", e.Path);
        json.WriteString("change", e.Change);
        Optional(json, "content", e.Content);
    }

    private static void WriteSubagent(Utf8JsonWriter json, Subagent e)
    {
        Typed(json, "subagent");
        json.WriteString("id", e.AgentId);
        json.WriteString("agent", e.AgentType);
        json.WriteString("state", e.State);
        Optional(json, "summary", e.Summary);
    }

    private static void WriteRetry(Utf8JsonWriter json, ModelRetry e)
    {
        Typed(json, "retry");
        json.WriteNumber("attempt", e.Attempt);
        json.WriteString("failure", EventNames.Of(e.Failure));
        if (e.Delay is { } delay) json.WriteNumber("delayMs", delay.TotalMilliseconds);
        json.WriteString("detail", e.Detail);
    }

    private static void WriteUsage(Utf8JsonWriter json, UsageReported e)
    {
        Typed(json, "usage");
        Tokens(json, e.Usage);
        if (e.CostUsd is { } cost) json.WriteNumber("costUsd", cost);
        Optional(json, "model", e.Model);
    }

    private static void WriteModelCall(Utf8JsonWriter json, ModelCall e)
    {
        Typed(json, "model_call");
        Optional(json, "messageId", e.MessageId);
        if (e.Usage is { } usage) Tokens(json, usage);
    }

    private static void WriteTurn(Utf8JsonWriter json, TurnEnded e)
    {
        Typed(json, "turn_end");
        json.WriteString("failure", EventNames.Of(e.Failure));
        json.WriteString("limit", EventNames.Of(e.Limit));
        Optional(json, "text", e.Text);
        if (e.Turns is { } turns) json.WriteNumber("turns", turns);
        if (e.RetryAt is { } retryAt) json.WriteString("retryAt", retryAt);
    }

    private static void Typed(Utf8JsonWriter json, string type) => json.WriteString("type", type);

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) JsonText.WriteString(json, name, value);
    }

    private static void Tokens(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteNumber("input", usage.Input);
        json.WriteNumber("output", usage.Output);
        json.WriteNumber("cacheRead", usage.CacheRead);
        json.WriteNumber("cacheCreation", usage.CacheCreation);
    }
}
