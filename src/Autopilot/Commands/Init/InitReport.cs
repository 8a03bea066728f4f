using System.Text.Json.Serialization;

namespace Autopilot.Commands.Init;

/// <summary>What <c>init</c> saw and did, as it prints it with <c>--json</c>.</summary>
internal sealed record InitReport
{
    public required string Repository { get; init; }

    public required int Files { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<string> ContinuousIntegration { get; init; }

    /// <summary>What was concluded, and from what.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Null when nothing was run.</summary>
    public TrialReport? Trial { get; init; }

    public required string File { get; init; }

    /// <summary>The whole of the file that is proposed.</summary>
    public required string Text { get; init; }

    public required bool Written { get; init; }

    /// <summary>Keys of an imported file that have none here, with their lines and values.</summary>
    public IReadOnlyList<string> Unmapped { get; init; } = [];
}

/// <summary>What one run of the verification showed.</summary>
/// <param name="Commit">On a clean checkout of it.</param>
/// <param name="ProgramMissing">The shell did not find what it was to run.</param>
internal sealed record TrialReport(string Commit, bool Passed, bool ProgramMissing, double Seconds, int? TestsPassed, int? TestsFailed, int? TestsSkipped, IReadOnlyList<string> Failing, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InitReport))]
internal sealed partial class InitJson : JsonSerializerContext;
