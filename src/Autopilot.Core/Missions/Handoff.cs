using System.Text.Json;
using System.Text.Json.Serialization;
using Autopilot.Core.Models;

namespace Autopilot.Core.Missions;

/// <summary>A worker's closing words, read leniently and trusted for nothing.</summary>
public sealed record Handoff
{
    public const string Marker = "AUTOPILOT_RESULT:";

    /// <summary>completed, failed or blocked; empty when it does not say.</summary>
    [JsonPropertyName("status")]
    public string Status { get; set; } = "";

    [JsonPropertyName("summary")]
    public string Summary { get; set; } = "";

    [JsonPropertyName("discoveries")]
    public IReadOnlyList<string> Discoveries { get; set; } = [];

    [JsonPropertyName("concerns")]
    public IReadOnlyList<string> Concerns { get; set; } = [];

    /// <summary>One line for the planner and the report; empty when there is nothing to tell.</summary>
    public string InShort => string.Join(" ", new[] { Summary, Learned }.Where(p => p.Length > 0));

    /// <summary>Discoveries and concerns, which may matter to others; empty when there are none.</summary>
    [JsonIgnore]
    public string Learned => string.Join(" ", new[] { Part("Discovered", Discoveries), Part("Concerns", Concerns) }.Where(p => p.Length > 0));

    /// <summary>Reads the last marker's JSON; without one, the last part of the text is the summary.</summary>
    public static Handoff Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Handoff();
        var at = text.LastIndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0 && JsonAnswer.In(text[(at + Marker.Length)..]) is { } json)
        {
            try
            {
                return JsonSerializer.Deserialize(json, HandoffJson.Default.Handoff) ?? new Handoff();
            }
            catch (JsonException)
            {
                // Another shape than asked for: its text is still worth reading to the planner.
            }
        }

        var words = text.Trim();
        return new Handoff { Summary = words.Length <= 500 ? words : "..." + words[^500..] };
    }

    private static string Part(string title, IReadOnlyList<string> items) => items.Count == 0 ? "" : $"{title}: {string.Join("; ", items)}.";
}

[JsonSerializable(typeof(Handoff))]
internal sealed partial class HandoffJson : JsonSerializerContext;
