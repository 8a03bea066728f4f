using System.Buffers;
using System.Text.Json;

namespace Autopilot.Core.Trajectories;

/// <summary>Encodes entries as lines of the record. Pure: what becomes of the bytes is the caller's affair.</summary>
/// <remarks>One writer serves one record; its buffers are reused, so that recording costs no memory that grows.</remarks>
public sealed class TrajectoryWriter : IDisposable
{
    private const int ReuseUpTo = 1024 * 1024;
    private readonly Utf8JsonWriter json;
    private ArrayBufferWriter<byte> line = new(4096);

    public TrajectoryWriter() => json = new Utf8JsonWriter(line, RecordFormat.WriterOptions);

    /// <summary>The line of one entry, with its line feed. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Encode(TrajectoryEntry entry)
    {
        Clear();
        json.WriteStartObject();
        switch (entry)
        {
            case TrajectoryHeader e: Header(e); break;
            case RecordedEvent e: Stamp(e.Sequence, e.At); AgentEventJson.WriteProperties(json, e.Event); break;
            case ResumeMarker e: Resume(e); break;
            case TrajectoryEnd e: End(e); break;
            default: throw new ArgumentException($"The record has no form for {entry.GetType().Name}.", nameof(entry));
        }
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        return line.WrittenMemory;
    }

    public void Dispose() => json.Dispose();

    private void Clear()
    {
        // One huge output must not hold its memory for the rest of the session.
        if (line.Capacity > ReuseUpTo) line = new(4096);
        else line.ResetWrittenCount();
        json.Reset(line);
    }

    private void Header(TrajectoryHeader e)
    {
        json.WriteString(RecordFormat.Marker, RecordFormat.Name + RecordFormat.Version);
        json.WriteString("at", e.At.UtcDateTime);
        json.WriteString("agent", e.Agent);
        Optional("agentVersion", e.AgentVersion);
        Optional("run", e.RunId);
        Optional("session", e.SessionId);
        Optional("model", e.Model);
        Optional("cwd", e.WorkingFolder);
        Optional("sha", e.RepositorySha);
        Optional("branch", e.Branch);
        json.WriteString("prompt", e.Prompt);
        json.WriteString("version", e.Version);
    }

    private void Resume(ResumeMarker e)
    {
        Stamp(e.Sequence, e.At);
        json.WriteString("type", "resume");
        Optional("session", e.SessionId);
        Optional("prompt", e.Prompt);
        Optional("agent", e.Agent);
        Optional("model", e.Model);
    }

    private void End(TrajectoryEnd e)
    {
        Stamp(e.Sequence, e.At);
        json.WriteString("type", "end");
        json.WritePropertyName("outcome");
        JsonSerializer.Serialize(json, e.Outcome, TrajectoryJsonContext.Default.AgentOutcome);
    }

    private void Stamp(long sequence, DateTimeOffset at)
    {
        json.WriteNumber("seq", sequence);
        json.WriteString("at", at.UtcDateTime);
    }

    private void Optional(string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
