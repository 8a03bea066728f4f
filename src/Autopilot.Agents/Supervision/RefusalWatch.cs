using Autopilot.Core.Agents;

namespace Autopilot.Agents.Supervision;

/// <summary>Notes in the recording what the sandbox and the supervisor refused, as far as it shows: in errors that the session prints, and in how it ended.</summary>
/// <param name="readsWords">Whether what the agent says is what its commands print, as with a plain program.</param>
/// <param name="count">Counts each refusal.</param>
internal sealed class RefusalWatch(bool readsWords, Action<string, string> count)
{
    private const int Most = 100;
    private static readonly string[] Signs = ["Read-only file system", "EROFS", "Operation not permitted", "No space left on device", "File too large"];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>The note that an event is worth; null for none.</summary>
    public AgentStatus? Seen(AgentEvent value) => value switch
    {
        ToolResult { Success: false, Output: { } output } => Note(output),
        AgentStderr { Line: var line } => Note(line),
        AssistantText { Text: var text } when readsWords => Note(text),
        _ => null,
    };

    /// <summary>The note for what was refused out here, and not by the kernel; null where it was noted before.</summary>
    public AgentStatus? Told(string what) => New(what);

    private AgentStatus? Note(string text)
    {
        var line = text.Split('\n').FirstOrDefault(l => Signs.Any(sign => l.Contains(sign, StringComparison.Ordinal)));
        return line is null ? null : New(line.Trim());
    }

    private AgentStatus? New(string what)
    {
        lock (told)
            if (told.Count >= Most || !told.Add(what)) return null;
        count("autopilot_sandbox_refusals_total", "");
        return new AgentStatus($"refused by the sandbox: {what}");
    }
}
