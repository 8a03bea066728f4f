namespace Autopilot.Core.Missions;

/// <summary>Why an attempt at a unit was sent back.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Why">For the next attempt, in full.</param>
public sealed record Setback(int Attempt, Diagnosis Kind, string Why)
{
    /// <summary>As the next attempt is told.</summary>
    public string ForTheWorker =>
        $"Attempt {Attempt} ({FailureDiagnosis.NameOf(Kind)}): {Why}{(FailureDiagnosis.Advice(Kind) is { Length: > 0 } advice ? $"\n{advice}" : "")}";
}
