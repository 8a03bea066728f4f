using System.Text.Json;
using Autopilot.Core.Agents;

namespace Autopilot.Rendering.Sessions;

/// <summary>What an event means to somebody who watches.</summary>
/// <param name="Verb">One word: reads, edits, runs ...</param>
/// <param name="Detail">The file, the command, the words.</param>
/// <param name="Colour">How it is set off.</param>
internal sealed record Activity(string Verb, string Detail, Colour Colour)
{
    /// <summary>Null for what is not worth a line.</summary>
    public static Activity? Of(AgentEvent value) => value switch
    {
        ToolCall call => new Activity(VerbOf(call.Tool), ArgumentOf(call), Colour.Cyan),
        ToolResult { Success: false } result => new Activity("failed", result.Output ?? "", Colour.Red),
        FileChanged file => new Activity(file.Change switch { "add" => "adds", "delete" => "deletes", _ => "changes" }, file.Path, Colour.Green),
        AssistantText text => new Activity("says", text.Text, Colour.Bold),
        ToolDenied denied => new Activity("denied", $"{denied.Tool}: {denied.Reason}", Colour.Yellow),
        ModelRetry retry => new Activity("retries", $"attempt {retry.Attempt} after {retry.Failure}: {retry.Detail}", Colour.Yellow),
        Subagent { State: "started" } agent => new Activity("sends", $"{agent.AgentType}: {agent.Summary}", Colour.Cyan),
        Subagent agent => new Activity(agent.State == "done" ? "returns" : "failed", $"{agent.AgentType}: {agent.Summary}", Colour.Cyan),
        AgentStatus status => new Activity("notes", status.Text, Colour.Dim),
        AgentStderr line => new Activity("stderr", line.Line, Colour.Dim),
        TurnEnded { Failure: not FailureKind.None } turn => new Activity("failed", $"{turn.Failure}: {turn.Text}", Colour.Red),
        Unrecognized line => new Activity("unread", $"{line.Reason}: {line.Line}", Colour.Yellow),
        _ => null,
    };

    /// <summary>The whole text of what is worth no line of its own, or more than one.</summary>
    public static string? FullText(AgentEvent value) => value switch
    {
        AssistantText text => text.Text,
        Thinking thinking => thinking.Text,
        ToolResult { Output: { } output } => output,
        ToolCall call => call.Input.ToString(),
        UserText text => text.Text,
        _ => null,
    };

    private static string VerbOf(string tool) => tool.ToLowerInvariant() switch
    {
        "read" or "read_file" or "view" or "cat" => "reads",
        "edit" or "multiedit" or "str_replace" or "apply_patch" or "notebookedit" or "replace" => "edits",
        "write" or "write_file" or "create" => "writes",
        "bash" or "shell" or "exec" or "run_shell_command" or "command_execution" => "runs",
        "grep" or "glob" or "search" or "ls" or "list" => "searches",
        "webfetch" or "websearch" or "web_search" => "looks up",
        "task" or "agent" => "delegates",
        _ => tool,
    };

    private static string ArgumentOf(ToolCall call)
    {
        if (call.Input.ValueKind != JsonValueKind.Object) return "";
        if (call.Input.TryGetProperty("changes", out var changes) && changes.ValueKind == JsonValueKind.Array)
            return string.Join(", ", changes.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object && c.TryGetProperty("path", out _)).Select(c => c.GetProperty("path").ToString()));
        foreach (var name in new[] { "file_path", "path", "notebook_path", "command", "cmd", "pattern", "query", "url", "description" })
            if (call.Input.TryGetProperty(name, out var argument)) return argument.ToString();
        return "";
    }
}
