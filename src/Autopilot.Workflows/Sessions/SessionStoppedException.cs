namespace Autopilot.Workflows.Sessions;

/// <summary>Work was stopped that had cost something.</summary>
/// <param name="costUsd">What has not been told of, in USD.</param>
/// <param name="cancellation">What stopped it.</param>
public sealed class SessionStoppedException(decimal costUsd, CancellationToken cancellation) : OperationCanceledException("It was stopped.", cancellation)
{
    public decimal CostUsd { get; } = costUsd;

    /// <summary>The commit that keeps what was done so far; null for none.</summary>
    public string? Kept { get; init; }

    /// <summary>The same with what had been spent before.</summary>
    public static SessionStoppedException After(decimal costUsd, OperationCanceledException stopped) =>
        new(costUsd + CostOf(stopped), stopped.CancellationToken);

    /// <summary>What is known to have been spent on what was stopped, in USD.</summary>
    public static decimal CostOf(OperationCanceledException stopped) => (stopped as SessionStoppedException)?.CostUsd ?? 0;
}
