using Autopilot.Core.Agents;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Supervision;

/// <summary>Notes in the recording what the sandbox and the supervisor refused, as far as it shows: in errors that the session prints, and in how it ended.</summary>
/// <param name="readsWords">Whether what the agent says is what its commands print, as with a plain program.</param>
/// <param name="count">Counts each refusal.</param>
internal sealed class RefusalWatch(bool readsWords, Action<string, string> count)
{
    private static readonly string[] Signs = ["Read-only file system", "EROFS", "Operation not permitted", "No space left on device", "File too large"];
    private readonly Refusals refusals = new();

    /// <summary>The note that an event is worth; null for none.</summary>
    public AgentStatus? Seen(AgentEvent value) => value switch
    {
        ToolResult { Success: false, Output: { } output } => Note(output),
        AgentStderr { Line: var line } => Note(line),
        AssistantText { Text: var text } when readsWords => Note(text),
        _ => null,
    };

    /// <summary>Keeps what is refused at these paths apart from everything else.</summary>
    public void Guard(IReadOnlyList<string> paths) => refusals.Guard(paths);

    /// <summary>The note for what was refused out here, and not by the kernel; null where enough like it was noted before.</summary>
    public AgentStatus? Told(string what) => Counted(refusals.Add(what), what);

    /// <summary>How many more there were of which kind, since this was last asked; null for none.</summary>
    public AgentStatus? Rest() => refusals.Rest() is { } rest ? new AgentStatus(rest) : null;

    private AgentStatus? Note(string text)
    {
        foreach (var line in text.Split('\n'))
            if (Signs.FirstOrDefault(sign => line.Contains(sign, StringComparison.Ordinal)) is { } sign) return Counted(refusals.AddPrinted(sign, line.Trim()), line.Trim());
        return null;
    }

    private AgentStatus? Counted(bool isNoted, string what)
    {
        count("autopilot_sandbox_refusals_total", "");
        return isNoted ? new AgentStatus($"refused by the sandbox: {what}") : null;
    }
}
