using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;

namespace Autopilot.Core.Trajectories;

/// <summary>
/// Passes the entries of one session through a redactor, in their order: a private key that comes line by line, each line an event, is masked whole.
/// No event waits for the next. For one thread.
/// </summary>
public sealed class SessionRedaction(IRecordRedactor redactor)
{
    // Only streams in which a key is open: mostly there is none.
    private readonly Dictionary<(Type Kind, string? Call), PrivateKeyPieces> open = [];

    /// <summary>The entry as it may be written; the same object where nothing was masked.</summary>
    public TrajectoryEntry Next(TrajectoryEntry entry) =>
        (entry is RecordedEvent e && Continued(e.Event) is var value && !ReferenceEquals(value, e.Event) ? e with { Event = value } : entry).Redacted(redactor);

    /// <summary>Each kind of text is a stream of its own, and so is the output of each call.</summary>
    private AgentEvent Continued(AgentEvent value) => value switch
    {
        UserText e => Next(e, e.Text, (one, text) => one with { Text = text }),
        AssistantText e => Next(e, e.Text, (one, text) => one with { Text = text }),
        Thinking e => Next(e, e.Text, (one, text) => one with { Text = text }),
        ToolResult { Output: { } output } e => Next(e, output, (one, text) => one with { Output = text }, e.CallId),
        AgentStatus e => Next(e, e.Text, (one, text) => one with { Text = text }),
        Unrecognized e => Next(e, e.Line, (one, text) => one with { Line = text }),
        AgentStderr e => Next(e, e.Line, (one, text) => one with { Line = text }),
        _ => value,
    };

    private AgentEvent Next<T>(T value, string text, Func<T, string, T> with, string? call = null) where T : AgentEvent
    {
        if (open.Count == 0 && !PrivateKeyPieces.MayOpen(text)) return value;
        var stream = (typeof(T), call);
        var pieces = open.GetValueOrDefault(stream) ?? new PrivateKeyPieces();
        var safe = pieces.Next(text);
        if (pieces.IsOpen) open[stream] = pieces;
        else open.Remove(stream);
        return ReferenceEquals(safe, text) ? value : with(value, safe);
    }
}
