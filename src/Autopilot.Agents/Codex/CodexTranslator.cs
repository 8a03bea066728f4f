using System.Text.Json;

using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Codex;

/// <summary>Reads the stream of <c>codex exec --json</c>.</summary>
/// <param name="before">What the thread had used before this process: the CLI counts over the thread's whole life.</param>
public sealed class CodexTranslator(TokenUsage before) : JsonLineTranslator
{
    private readonly HashSet<string> started = new(StringComparer.Ordinal);
    private TokenUsage total = before;
    private bool answering;
    private bool working;

    public override void Error(string line, ICollection<AgentEvent> events)
    {
        base.Error(line, events);
        // A rejected patch leaves no item in the stream: this line is its only trace.
        if (line.Contains("patch rejected", StringComparison.Ordinal)) events.Add(new ToolDenied("apply_patch", line[line.IndexOf("patch rejected", StringComparison.Ordinal)..]));
    }

    protected override void Read(JsonElement json, ICollection<AgentEvent> events)
    {
        switch (json.Text("type"))
        {
            case "thread.started": events.Add(new SessionStarted(json.Text("thread_id"), null, null, [])); break;
            case "turn.started": answering = false; break;
            case "item.started" or "item.updated": Started(json.Get("item"), events); break;
            case "item.completed": Completed(json.Get("item"), events); break;
            case "turn.completed": TurnCompleted(json, events); break;
            case "turn.failed": Failed(json.Get("error").Text("message"), events); break;
            case "error": Notice(json.Text("message") ?? "", events); break;
            default: Unknown(json, events); break;
        }
    }

    private void Started(JsonElement? item, ICollection<AgentEvent> events)
    {
        if (item is { } tool && CodexItem.IsTool(tool)) Call(tool, events);
    }

    private void Completed(JsonElement? item, ICollection<AgentEvent> events)
    {
        if (item is not { } done) return;
        switch (done.Text("type"))
        {
            case "agent_message": Answer(events); events.Add(new AssistantText(done.Text("text") ?? "", done.Text("id"))); break;
            case "reasoning": Answer(events); events.Add(new Thinking(done.Text("text") ?? "")); break;
            case "error": events.Add(new AgentStatus(done.Text("message") ?? "")); break;
            case "todo_list": break;
            default: CompleteTool(done, events); break;
        }
    }

    private void CompleteTool(JsonElement item, ICollection<AgentEvent> events)
    {
        if (!CodexItem.IsTool(item))
        {
            Unknown(item, events);
            return;
        }
        Call(item, events);
        working = false;
        events.Add(CodexItem.Result(item));
        if (CodexItem.Denial(item) is { } denial) events.Add(denial);
        foreach (var change in CodexItem.Changes(item)) events.Add(change);
    }

    /// <summary>Emits the call once, whether or not its start was announced.</summary>
    private void Call(JsonElement item, ICollection<AgentEvent> events)
    {
        if (!started.Add(item.Text("id") ?? "")) return;
        if (!working) Answer(events);
        working = true;
        answering = false;
        events.Add(CodexItem.Call(item));
    }

    /// <summary>The stream shows no model calls: one is inferred where output follows the start or the end of tools.</summary>
    private void Answer(ICollection<AgentEvent> events)
    {
        if (answering) return;
        answering = true;
        events.Add(new ModelCall(null));
    }

    private void TurnCompleted(JsonElement json, ICollection<AgentEvent> events)
    {
        if (json.Get("usage") is { } usage)
        {
            var now = CodexItem.Usage(usage);
            // A total that is smaller than before is another thread's: then it counts whole.
            events.Add(new UsageReported(now.Input >= total.Input && now.Output >= total.Output ? now.Since(total) : now, null));
            total = now;
        }
        events.Add(new TurnEnded(FailureKind.None, LimitKind.None, null, 1));
    }

    private static void Failed(string? message, ICollection<AgentEvent> events)
    {
        var text = CodexFailure.Text(message);
        var failure = FailureText.Classify(text);
        events.Add(new TurnEnded(failure, failure == FailureKind.NoQuota ? LimitKind.Quota : LimitKind.None, text, 1));
    }

    /// <summary>Notices of retries look like errors; only <c>turn.failed</c> and the exit code are final.</summary>
    private static void Notice(string message, ICollection<AgentEvent> events) =>
        events.Add(CodexFailure.Retry(message) is { } retry ? retry : new AgentStatus(CodexFailure.Text(message)));
}
