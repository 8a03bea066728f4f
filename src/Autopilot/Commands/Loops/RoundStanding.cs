using System.Text.Json.Serialization;

namespace Autopilot.Commands.Loops;

/// <summary>One run of a chain, as its file <c>run.json</c> tells it.</summary>
/// <param name="WorkingOn">The pairs at work with their cycle.</param>
/// <param name="CompletedPairs">As <c>pair</c> or <c>pair/phase</c>, in the order in which they were completed.</param>
internal sealed record RoundStanding(
    string RunId,
    string? ParentRunId,
    int FollowupDepth,
    string Status,
    IReadOnlyList<string> Pairs,
    IReadOnlyList<string>? WorkingOn,
    IReadOnlyList<string>? CompletedPairs,
    IReadOnlyDictionary<string, string> PhaseStatus);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RoundStanding))]
[JsonSerializable(typeof(LoopStanding))]
[JsonSerializable(typeof(LoopStanding[]))]
internal sealed partial class LoopStandingJson : JsonSerializerContext;
