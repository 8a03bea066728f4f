using System.Collections.Immutable;

namespace Autopilot.Core.Missions;

/// <summary>Units that are verified together.</summary>
/// <param name="Onto">Green, or for a speculative batch the commit of the batch before it.</param>
/// <param name="Units">In order.</param>
public sealed record Batch(int Number, string Onto, ImmutableList<string> Units)
{
    /// <summary>The commit of the remote that it takes in instead of units; null for none. Such a batch has a negative number.</summary>
    public string? TakesIn { get; init; }

    /// <summary>The number of the batch whose passing this one assumes; null when it is on green.</summary>
    public int? Assumes { get; init; }

    /// <summary>The tree to verify; null until it is built.</summary>
    public string? Commit { get; init; }

    /// <summary>How many verifications of it ended.</summary>
    public int Verifications { get; init; }

    /// <summary>Its verdict; null until there is one that counts.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>How many tests passed in its tree; null when that is not known.</summary>
    public int? Tests { get; init; }

    /// <summary>It fails for nothing but tests that were switched off.</summary>
    public bool LosesTests { get; init; }

    /// <summary>What failed in the last verification.</summary>
    public string Detail { get; init; } = "";

    public ImmutableList<string> FailingTests { get; init; } = [];

    /// <summary>A second verification is wanted, to tell a flake from a defect.</summary>
    public bool Confirm { get; init; }
}
