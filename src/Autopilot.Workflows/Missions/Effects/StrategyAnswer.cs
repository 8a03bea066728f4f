using System.Text.Json.Serialization;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>What the strategist would do next.</summary>
internal sealed record StrategyAnswer
{
    /// <summary>True when nothing is worth a mission.</summary>
    [JsonPropertyName("nothing_left")]
    public bool NothingLeft { get; set; }

    [JsonPropertyName("objective")]
    public string Objective { get; set; } = "";

    [JsonPropertyName("rationale")]
    public string Rationale { get; set; } = "";

    [JsonPropertyName("ambition")]
    public int Ambition { get; set; }

    public static string? Problem(StrategyAnswer answer) => answer switch
    {
        { NothingLeft: true } => null,
        { Objective: var o } when string.IsNullOrWhiteSpace(o) => "There is no objective. Set nothing_left to true only if nothing is worth a mission.",
        { Ambition: < 1 or > 10 } => "'ambition' must be from 1 to 10.",
        _ => null,
    };
}
