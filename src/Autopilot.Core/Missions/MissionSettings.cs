using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions.Speculating;

namespace Autopilot.Core.Missions;

/// <summary>The rules of a mission.</summary>
public sealed record MissionSettings
{
    /// <summary>How many workers at once, 1 to 256.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>From start to the last new work; what runs then is stopped.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>In USD; null for the governor's caps alone.</summary>
    public decimal? MaxBudgetUsd { get; init; }

    /// <summary>Attempts of a unit that count.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Infrastructure faults of one action in a row before the mission stops for it.</summary>
    public int MaxFaults { get; init; } = 5;

    /// <summary>Plans in a row that landed nothing before the mission stops.</summary>
    public int MaxFruitlessEpochs { get; init; } = 3;

    /// <summary>Plans altogether.</summary>
    public int MaxEpochs { get; init; } = 20;

    /// <summary>A role says at the end whether the objective is met.</summary>
    public bool CheckObjective { get; init; } = true;

    public int MaxObjectiveChecks { get; init; } = 2;

    /// <summary>The gate before the merge is asked.</summary>
    public bool Review { get; init; } = true;

    /// <summary>What holds of them at a level of the governor.</summary>
    public MissionSettings Under(DegradationLevel level) => this with
    {
        Workers = Degradation.Workers(level, Workers),
        SpeculativeBatch = SpeculativeBatch && Degradation.AllowsSpeculation(level),
        Speculation = Degradation.AllowsSpeculation(level) ? Speculation : null,
    };

    /// <summary>What a person must approve before it is merged.</summary>
    public LargeMerge LargeMerge { get; init; } = new();

    /// <summary>The first delay of a retry; doubles each time.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most units that are verified together, at least 1.</summary>
    public int BatchLimit { get; init; } = 48;

    /// <summary>Build and verify the next batch while one is being verified.</summary>
    public bool SpeculativeBatch { get; init; }

    /// <summary>Several attempts at once for uncertain units; null for none.</summary>
    public Speculation? Speculation { get; init; }

    /// <summary>Green is pushed after each landing.</summary>
    public bool Push { get; init; }

    /// <summary>A person is asked before each push.</summary>
    public bool AskBeforePush { get; init; }

    /// <summary>How often a red starting tree is repaired before the mission gives up; 0 never repairs.</summary>
    public int Repairs { get; init; } = 1;
}
