using Autopilot.Core.Runs;

namespace Autopilot.Engine.Runs;

/// <summary>How an execution of a run ended.</summary>
/// <param name="State">Completed, Failed, Stopped or Waiting.</param>
/// <param name="Result">The workflow's result as JSON, when it completed; read it with <see cref="Workflow{TInput, TResult}.ResultOf"/>.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="StopCause">Why it stopped.</param>
/// <param name="WaitingFor">The key of the step it waits at.</param>
/// <param name="WakeAt">When to resume it at the latest; null when only an answer can wake it.</param>
public sealed record RunOutcome(
    string RunId,
    RunState State,
    string? Result = null,
    StepFailure? Failure = null,
    string? StopCause = null,
    string? WaitingFor = null,
    DateTimeOffset? WakeAt = null)
{
    /// <summary>What was thrown, where it happened in this execution: the journal keeps only <see cref="Failure"/>.</summary>
    public Exception? Error { get; init; }
}
