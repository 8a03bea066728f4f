using System.Text.Json;

using Autopilot.Core.Agents;

namespace Autopilot.Core.Trajectories;

/// <summary>Decodes lines of the record.</summary>
public static class TrajectoryParser
{
    /// <summary>The entry in one line (without its line feed); null for an event type that this version does not know.</summary>
    /// <exception cref="FormatException">The line is not an entry.</exception>
    public static TrajectoryEntry? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Entry(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static TrajectoryEntry? Entry(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FormatException("not a JSON object");
        if (json.TextOrNull(RecordFormat.Marker) is { } marker) return Header(json, marker);
        var at = json.TimeOrNull("at") ?? throw new FormatException("\"at\" is missing or not a time");
        var sequence = json.Number("seq");
        return json.TextOrNull("type") switch
        {
            "resume" => new ResumeMarker(sequence, at, json.TextOrNull("session"), json.TextOrNull("prompt")) { Agent = json.TextOrNull("agent"), Model = json.TextOrNull("model") },
            "end" => new TrajectoryEnd(sequence, at, Outcome(json)),
            _ => AgentEventParser.Parse(json) is { } e ? new RecordedEvent(sequence, at, e) : null,
        };
    }

    private static TrajectoryHeader Header(JsonElement json, string marker)
    {
        if (!marker.StartsWith(RecordFormat.Name, StringComparison.Ordinal) || !int.TryParse(marker.AsSpan(RecordFormat.Name.Length), out var version))
            throw new FormatException($"\"{marker}\" is no format of a recording");
        if (version is < 1 or > RecordFormat.Version)
            throw new UserErrorException($"The recording has format version {version}; this program reads up to version {RecordFormat.Version}. Use a newer autopilot.");
        return new TrajectoryHeader(json.TimeOrNull("at") ?? throw new FormatException("\"at\" is missing or not a time"))
        {
            Agent = json.Text("agent"),
            AgentVersion = json.TextOrNull("agentVersion"),
            RunId = json.TextOrNull("run"),
            SessionId = json.TextOrNull("session"),
            Model = json.TextOrNull("model"),
            WorkingFolder = json.TextOrNull("cwd"),
            RepositorySha = json.TextOrNull("sha"),
            Branch = json.TextOrNull("branch"),
            Prompt = json.TextOrNull("prompt") ?? "",
            Version = json.TextOrNull("version") ?? "",
        };
    }

    private static AgentOutcome Outcome(JsonElement json)
    {
        var outcome = json.Field("outcome") ?? throw new FormatException("\"outcome\" is missing");
        return outcome.Deserialize(TrajectoryJsonContext.Default.AgentOutcome) ?? throw new FormatException("\"outcome\" is null");
    }
}
