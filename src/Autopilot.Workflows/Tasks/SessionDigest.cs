using System.Text;
using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;

namespace Autopilot.Workflows.Tasks;

/// <summary>What a fresh session should know of the one it replaces: task, files, commands, last words. Bounded, however long the session was.</summary>
public sealed class SessionDigest
{
    private const int KeptTexts = 4;
    private const int KeptCommands = 12;
    private const int KeptFiles = 60;

    private readonly Queue<string> texts = new();
    private readonly Queue<string> commands = new();
    private readonly List<string> files = [];
    private string task = "";

    public void Add(TrajectoryEntry entry)
    {
        switch (entry)
        {
            case TrajectoryHeader header: task = header.Prompt; break;
            case ResumeMarker { Prompt: { Length: > 0 } prompt } when !prompt.StartsWith(SessionPlan.DigestIntroduction, StringComparison.Ordinal): Keep(texts, $"(then asked) {prompt}", KeptTexts, 600); break;
            case RecordedEvent { Event: AssistantText text }: Keep(texts, text.Text, KeptTexts, 600); break;
            case RecordedEvent { Event: FileChanged file }: AddFile($"{file.Change} {file.Path}"); break;
            case RecordedEvent { Event: ToolCall call } when CommandOf(call) is { } command: Keep(commands, command, KeptCommands, 160); break;
        }
    }

    /// <summary>The digest as text for a prompt.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Section(text, "The task was", [TextCut.Characters(task, 20_000)]);
        return text.Append(WhatWasDone()).ToString();
    }

    /// <summary>The digest without the task; empty when nothing was done.</summary>
    public string WhatWasDone()
    {
        var text = new StringBuilder();
        Section(text, "Files changed so far", files);
        Section(text, "Commands run last", commands);
        Section(text, "What was said last", texts);
        return text.ToString();
    }

    private static string? CommandOf(ToolCall call) =>
        call.Input.ValueKind == System.Text.Json.JsonValueKind.Object && call.Input.TryGetProperty("command", out var command) ? command.ToString() : null;

    private static void Keep(Queue<string> queue, string text, int count, int length)
    {
        queue.Enqueue(TextCut.Characters(text, length));
        if (queue.Count > count) queue.Dequeue();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append(title).Append(":\n");
        foreach (var line in lines) text.Append("- ").Append(line).Append('\n');
        text.Append('\n');
    }

    private void AddFile(string change)
    {
        if (files.Count < KeptFiles && !files.Contains(change, StringComparer.Ordinal)) files.Add(change);
    }
}
