using System.Text.Json;

using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Codex.Server;

/// <summary>Reads what <c>codex app-server</c> says. What else it notifies of (deltas, states of its own) is for clients with windows, and left out.</summary>
/// <param name="totals">What each thread has used so far by the server's count, which goes on over its processes.</param>
/// <param name="replied">Gets the server's answers to our requests; gives the event that a refused one is.</param>
/// <param name="asked">Gets the server's questions to us; gives the event that a refusal is.</param>
internal sealed class CodexServerTranslator(Dictionary<string, TokenUsage> totals, Func<JsonElement, AgentEvent?> replied, Func<JsonElement, AgentEvent?> asked) : JsonLineTranslator
{
    private readonly HashSet<string> called = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> changing = new(StringComparer.Ordinal);

    /// <summary>The thread of the conversation; those of its subagents only count for usage.</summary>
    public CodexThread? Thread { get; set; }

    /// <summary>The turn under way, or the last one.</summary>
    public string? TurnId { get; private set; }

    /// <summary>The files that a change is about which the server has announced.</summary>
    public IReadOnlyList<string> PathsOf(string? item) => item is not null && changing.TryGetValue(item, out var paths) ? paths : [];

    protected override void Read(JsonElement json, ICollection<AgentEvent> events)
    {
        if (json.Text("method") is not { } method) Add(replied(json), events);
        else if (json.Get("id") is not null) Add(asked(json), events);
        else if (json.Get("params") is { } notice) Notified(method, notice, events);
    }

    private void Notified(string method, JsonElement notice, ICollection<AgentEvent> events)
    {
        if (method == "thread/tokenUsage/updated") Used(notice, events);
        else if (method is "configWarning" or "warning" or "deprecationNotice") events.Add(new AgentStatus(notice.Text("summary") ?? notice.Text("message") ?? method));
        else if (notice.Text("threadId") is { } thread && thread == Thread?.Id) InThread(method, notice, events);
    }

    private void InThread(string method, JsonElement notice, ICollection<AgentEvent> events)
    {
        switch (method)
        {
            case "turn/started": Started(notice, events); break;
            case "item/started": Began(notice.Get("item"), events); break;
            case "item/completed": Completed(notice.Get("item"), events); break;
            case "turn/completed": Ended(notice.Get("turn"), events); break;
            case "error": Notice(notice, events); break;
            default: break;
        }
    }

    private void Started(JsonElement notice, ICollection<AgentEvent> events)
    {
        TurnId = notice.Get("turn").Text("id");
        events.Add(new SessionStarted(Thread!.Id, Thread.Model, Thread.Version, []));
    }

    private void Began(JsonElement? item, ICollection<AgentEvent> events)
    {
        if (item is not { } tool || !CodexItem.IsTool(tool)) return;
        if (tool.Is("type", "fileChange"u8)) changing[tool.Text("id") ?? ""] = [.. tool.Items("changes").Select(c => c.Text("path")).OfType<string>()];
        Call(tool, events);
    }

    private void Completed(JsonElement? item, ICollection<AgentEvent> events)
    {
        if (item is not { } done) return;
        switch (done.Text("type"))
        {
            case "agentMessage": events.Add(new AssistantText(done.Text("text") ?? "", done.Text("id"))); break;
            case "reasoning": events.Add(new Thinking(string.Join("\n\n", Texts(done, "content").DefaultIfEmpty(string.Join("\n\n", Texts(done, "summary")))))); break;
            case "contextCompaction": events.Add(new AgentStatus("compacted its context")); break;
            default: CompleteTool(done, events); break;
        }
    }

    private void CompleteTool(JsonElement item, ICollection<AgentEvent> events)
    {
        if (!CodexItem.IsTool(item)) return;
        Call(item, events);
        events.Add(CodexItem.Result(item));
        if (CodexItem.Denial(item) is { } denial) events.Add(denial);
        foreach (var change in CodexItem.Changes(item)) events.Add(change);
        changing.Remove(item.Text("id") ?? "");
    }

    private void Call(JsonElement item, ICollection<AgentEvent> events)
    {
        if (called.Add(item.Text("id") ?? "")) events.Add(CodexItem.Call(item));
    }

    /// <summary>The total grows with each answer of a model; an interrupted turn repeats it.</summary>
    private void Used(JsonElement notice, ICollection<AgentEvent> events)
    {
        if (notice.Text("threadId") is not { } thread || notice.Get("tokenUsage").Get("total") is not { } total) return;
        var before = totals.GetValueOrDefault(thread);
        var now = CodexItem.Usage(total);
        totals[thread] = now;
        // A total that is smaller than before began anew: then it counts whole.
        var since = now.Input >= before.Input && now.Output >= before.Output ? now.Since(before) : now;
        if (since.Total == 0) return;
        events.Add(new ModelCall(null));
        events.Add(new UsageReported(since, null));
    }

    private static void Ended(JsonElement? turn, ICollection<AgentEvent> events)
    {
        var text = CodexFailure.Text(turn.Get("error").Text("message"));
        var failure = turn.Text("status") switch
        {
            "completed" => FailureKind.None,
            "interrupted" => FailureKind.Interrupted,
            _ => FailureText.Classify(text),
        };
        events.Add(new TurnEnded(failure, failure == FailureKind.NoQuota ? LimitKind.Quota : LimitKind.None, text.Length == 0 ? null : text, 1));
    }

    /// <summary>Only the end of the turn is final.</summary>
    private static void Notice(JsonElement notice, ICollection<AgentEvent> events)
    {
        var message = CodexFailure.Text(notice.Get("error").Text("message"));
        events.Add(CodexFailure.Retry(message) is { } retry ? retry : new AgentStatus(message));
    }

    private static IEnumerable<string> Texts(JsonElement item, string list) =>
        item.Items(list).Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!);

    private static void Add(AgentEvent? value, ICollection<AgentEvent> events)
    {
        if (value is not null) events.Add(value);
    }
}
