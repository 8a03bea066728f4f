namespace Autopilot.Core.Governance;

/// <summary>When a level is entered and left, and what it means.</summary>
public static class Degradation
{
    /// <summary>How far below the threshold of entry a value must fall before the level is left, so that it does not flutter.</summary>
    private const double Hysteresis = 0.05;

    /// <param name="current">The level that holds.</param>
    public static (DegradationLevel Level, string Reason) Next(DegradationLevel current, DegradationInputs inputs, ResourceThresholds thresholds)
    {
        for (var level = DegradationLevel.SafeStop; level > DegradationLevel.Full; level--)
            if (Cause(level, inputs, thresholds, current >= level ? Hysteresis : 0) is { } cause) return (level, cause);
        return (DegradationLevel.Full, "nothing runs short");
    }

    /// <summary>How many workers may run of those configured; at least 1 below <see cref="DegradationLevel.SafeStop"/>.</summary>
    public static int Workers(DegradationLevel level, int configured) => level switch
    {
        DegradationLevel.Full => configured,
        DegradationLevel.SafeStop => 0,
        _ => Math.Max(1, configured / 2),
    };

    /// <summary>Whether work and merges may begin.</summary>
    public static bool AllowsWriting(DegradationLevel level) => level < DegradationLevel.ReadOnly;

    public static bool AllowsSpeculation(DegradationLevel level) => level < DegradationLevel.NoSpeculation;

    public static bool AllowsOptionalReviews(DegradationLevel level) => level < DegradationLevel.NoOptionalReviews;

    /// <summary>Why a permit of this kind must wait; null when it need not.</summary>
    public static string? Obstacle(DegradationLevel level, string kind) => level switch
    {
        DegradationLevel.SafeStop => "safe stop: nothing new begins",
        DegradationLevel.ReadOnly when kind is "session" or "merge" => "read-only: no session that writes and no merge begins",
        _ => null,
    };

    public static string NameOf(DegradationLevel level) => level switch
    {
        DegradationLevel.Full => "full",
        DegradationLevel.FewerWorkers => "fewer_workers",
        DegradationLevel.NoSpeculation => "no_speculation",
        DegradationLevel.NoOptionalReviews => "no_optional_reviews",
        DegradationLevel.ReadOnly => "read_only",
        _ => "safe_stop",
    };

    private static string? Cause(DegradationLevel level, DegradationInputs inputs, ResourceThresholds thresholds, double margin)
    {
        var slack = 1 + (4 * margin);
        return level switch
        {
            DegradationLevel.SafeStop when inputs.BudgetUsed >= 1 - margin => $"{inputs.BudgetUsed:P0} of the budget is used",
            DegradationLevel.SafeStop when inputs.FreeDisk < thresholds.Disk / 4 * slack => $"the disk has only {Megabytes(inputs.FreeDisk)} left",
            DegradationLevel.ReadOnly when inputs.FreeDisk < thresholds.Disk * slack => $"the disk has only {Megabytes(inputs.FreeDisk)} left",
            DegradationLevel.NoOptionalReviews when inputs.BudgetUsed >= 0.95 - margin => $"{inputs.BudgetUsed:P0} of the budget is used",
            DegradationLevel.NoSpeculation when inputs.BudgetUsed >= 0.9 - margin => $"{inputs.BudgetUsed:P0} of the budget is used",
            DegradationLevel.NoSpeculation when inputs.OpenBreakers > 0 => "a provider fails and is left alone for a while",
            DegradationLevel.FewerWorkers when inputs.BudgetUsed >= 0.8 - margin => $"{inputs.BudgetUsed:P0} of the budget is used",
            DegradationLevel.FewerWorkers when inputs.RateLimits >= (margin > 0 ? 1 : 3) => $"{inputs.RateLimits} rate limits in the last minute",
            DegradationLevel.FewerWorkers when inputs.FreeMemory < thresholds.Memory * 2 * slack => $"only {Megabytes(inputs.FreeMemory)} of memory is free",
            _ => null,
        };
    }

    private static string Megabytes(long? bytes) => $"{bytes / (1024 * 1024)} MiB";
}
