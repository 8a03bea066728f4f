using System.Text;
using System.Text.Json;

using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;

namespace Autopilot.Agents.Command;

/// <summary>Reads the output of a plain program: objects of our event format are events, everything else is what the assistant says.</summary>
public sealed class CommandTranslator : ITranslator
{
    private static readonly JsonDocumentOptions options = new() { MaxDepth = 256 };
    private int message = 1;
    private bool speaking;

    public void Output(ReadOnlyMemory<byte> line, long length, ICollection<AgentEvent> events)
    {
        if (LooksLikeEvent(line.Span) && length == line.Length && Parse(line) is { } value) Tell(value, events);
        else if (length > line.Length) events.Add(new Unrecognized(WireText.Preview(line.Span), $"a line of {length} bytes was cut after {line.Length}"));
        else Say(Encoding.UTF8.GetString(line.Span).TrimEnd('\r'), events);
    }

    public void Error(string line, ICollection<AgentEvent> events) => events.Add(new AgentStderr(line));

    public void End(ICollection<AgentEvent> events)
    {
    }

    private void Tell(AgentEvent value, ICollection<AgentEvent> events)
    {
        if (speaking) message++;
        speaking = false;
        events.Add(value);
    }

    /// <summary>Each line is an event of its own, so that nothing said is lost when the program is killed; the message's id ties them together.</summary>
    private void Say(string line, ICollection<AgentEvent> events)
    {
        if (line.Length == 0 && !speaking) return;
        speaking = true;
        events.Add(new AssistantText(line, $"text-{message}"));
    }

    private static bool LooksLikeEvent(ReadOnlySpan<byte> line) => line.TrimStart(" \t"u8) is [(byte)'{', ..] && line.IndexOf("\"type\""u8) >= 0;

    private static AgentEvent? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(WireText.Sound(line), options);
            return Possible(AgentEventParser.Parse(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            // A program may print JSON of its own, which is text; but what was to be counted and cannot be must not pass for it.
            return TellsUsage(line.Span) ? new Unrecognized(WireText.Preview(line.Span), $"usage that cannot be counted: {e.Message}") : null;
        }
    }

    /// <exception cref="FormatException">Nobody can have used or paid that.</exception>
    private static AgentEvent? Possible(AgentEvent? value) => value switch
    {
        UsageReported { IsPossible: false } => throw new FormatException("what it tells is below zero or beyond all measure"),
        ModelCall { Usage.IsPossible: false } => throw new FormatException("what it tells is below zero or beyond all measure"),
        _ => value,
    };

    /// <summary>Looked for in the text, for a number that is none (NaN) is no JSON either.</summary>
    private static bool TellsUsage(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line).Replace(" ", "", StringComparison.Ordinal) is var text
        && (text.Contains("\"type\":\"usage\"", StringComparison.Ordinal) || text.Contains("\"type\":\"model_call\"", StringComparison.Ordinal));
}
