namespace Autopilot.Workflows.Missions;

/// <summary>An action could not be carried out, and it is known when to try again.</summary>
/// <param name="message">What happened.</param>
/// <param name="retryAt">When a limit is reset; null for the usual back-off.</param>
/// <param name="counts">False for a deliberate wait.</param>
public sealed class FaultException(string message, DateTimeOffset? retryAt = null, bool counts = true, Exception? inner = null)
    : Exception(message, inner)
{
    public DateTimeOffset? RetryAt { get; } = retryAt;

    public bool Counts { get; } = counts;

    /// <summary>What was spent all the same.</summary>
    public decimal CostUsd { get; init; }
}
