using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;

namespace Autopilot.Core.Trajectories;

/// <summary>
/// Passes every text of an entry that comes from outside through a redactor, ids and names too: an agent may put anything anywhere.
/// What has nothing to mask stays the same object.
/// </summary>
public static class EntryRedaction
{
    /// <summary>What Autopilot itself chose (the run's id, the agent's name, the commit) stays as it is.</summary>
    public static TrajectoryEntry Redacted(this TrajectoryEntry entry, IRecordRedactor redactor) => entry switch
    {
        TrajectoryHeader e => Redacted(e, redactor),
        RecordedEvent e => Redacted(e, redactor),
        ResumeMarker e => e with { SessionId = Name(e.SessionId, redactor), Prompt = Optional(e.Prompt, redactor), Model = Name(e.Model, redactor) },
        TrajectoryEnd e => e with { Outcome = Redacted(e.Outcome, redactor) },
        _ => entry,
    };

    public static AgentEvent Redacted(this AgentEvent value, IRecordRedactor redactor) => value switch
    {
        SessionStarted e => Redacted(e, redactor),
        UserText e => redactor.Redact(e.Text) is var text && ReferenceEquals(text, e.Text) ? e : e with { Text = text },
        AssistantText e => Redacted(e, redactor),
        Thinking e => Redacted(e, redactor),
        ToolCall e => Redacted(e, redactor),
        ToolResult e => Redacted(e, redactor),
        ToolDenied e => e with { Tool = redactor.Redact(e.Tool), Reason = redactor.Redact(e.Reason) },
        FileChanged e => e with { Path = redactor.Redact(e.Path), Change = Name(e.Change, redactor)!, Content = Optional(e.Content, redactor) },
        Subagent e => Redacted(e, redactor),
        AgentStatus e => e with { Text = redactor.Redact(e.Text) },
        ModelRetry e => e with { Detail = redactor.Redact(e.Detail) },
        UsageReported { Model: { } model } e => Name(model, redactor) is var name && ReferenceEquals(name, model) ? e : e with { Model = name },
        ModelCall { MessageId: { } message } e => Name(message, redactor) is var id && ReferenceEquals(id, message) ? e : e with { MessageId = id },
        TurnEnded e => e with { Text = Optional(e.Text, redactor) },
        Unrecognized e => e with { Line = redactor.Redact(e.Line), Reason = redactor.Redact(e.Reason) },
        AgentStderr e => e with { Line = redactor.Redact(e.Line) },
        _ => value,
    };

    private static TrajectoryHeader Redacted(TrajectoryHeader header, IRecordRedactor redactor) => header with
    {
        SessionId = Name(header.SessionId, redactor),
        AgentVersion = Name(header.AgentVersion, redactor),
        Model = Name(header.Model, redactor),
        WorkingFolder = Optional(header.WorkingFolder, redactor),
        Branch = Optional(header.Branch, redactor),
        Prompt = redactor.Redact(header.Prompt),
    };

    private static RecordedEvent Redacted(RecordedEvent entry, IRecordRedactor redactor)
    {
        var e = entry.Event.Redacted(redactor);
        return ReferenceEquals(e, entry.Event) ? entry : entry with { Event = e };
    }

    private static SessionStarted Redacted(SessionStarted e, IRecordRedactor redactor) => new(
        Name(e.SessionId, redactor),
        Name(e.Model, redactor),
        Name(e.Version, redactor),
        [.. e.Tools.Select(tool => Name(tool, redactor)!)]);

    private static AssistantText Redacted(AssistantText e, IRecordRedactor redactor)
    {
        var (text, message) = (redactor.Redact(e.Text), Name(e.MessageId, redactor));
        return ReferenceEquals(text, e.Text) && ReferenceEquals(message, e.MessageId) ? e : new(text, message);
    }

    private static Thinking Redacted(Thinking e, IRecordRedactor redactor)
    {
        var (text, signature) = (redactor.Redact(e.Text), Name(e.Signature, redactor));
        return ReferenceEquals(text, e.Text) && ReferenceEquals(signature, e.Signature) ? e : new(text, signature);
    }

    private static ToolCall Redacted(ToolCall e, IRecordRedactor redactor) =>
        new(Name(e.Tool, redactor)!, Name(e.CallId, redactor)!, redactor.Redact(e.Input), Name(e.ParentCallId, redactor));

    private static ToolResult Redacted(ToolResult e, IRecordRedactor redactor)
    {
        var (id, output) = (Name(e.CallId, redactor)!, Optional(e.Output, redactor));
        return ReferenceEquals(id, e.CallId) && ReferenceEquals(output, e.Output) ? e : new(id, e.Success, output);
    }

    private static Subagent Redacted(Subagent e, IRecordRedactor redactor) =>
        new(Name(e.AgentId, redactor)!, Name(e.AgentType, redactor)!, Name(e.State, redactor)!, Optional(e.Summary, redactor));

    private static AgentOutcome Redacted(AgentOutcome outcome, IRecordRedactor redactor) => outcome with
    {
        Detail = redactor.Redact(outcome.Detail),
        SessionId = Name(outcome.SessionId, redactor),
        Model = Name(outcome.Model, redactor),
        FinalText = Optional(outcome.FinalText, redactor),
        Denials = [.. outcome.Denials.Select(redactor.Redact)],
        FilesChanged = outcome.FilesChanged is { } files ? [.. files.Select(redactor.Redact)] : null,
    };

    /// <summary>An id or a name. Most are short, and what is shorter than any secret is not looked at.</summary>
    private static string? Name(string? name, IRecordRedactor redactor) => name is not { Length: >= LiteralForms.Shortest } ? name : redactor.Redact(name);

    private static string? Optional(string? text, IRecordRedactor redactor) => text is null ? null : redactor.Redact(text);
}
