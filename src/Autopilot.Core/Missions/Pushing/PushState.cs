namespace Autopilot.Core.Missions.Pushing;

/// <summary>What is known of green on the remote.</summary>
public sealed record PushState
{
    /// <summary>The commit that was pushed last; null before one.</summary>
    public string? Commit { get; init; }

    /// <summary>Pushes that came to an answer.</summary>
    public int Tries { get; init; }

    /// <summary>How often in a row the remote had moved.</summary>
    public int Moves { get; init; }

    /// <summary>Why <see cref="RefusedFor"/> will not be pushed; empty for no reason.</summary>
    public string Refused { get; init; } = "";

    /// <summary>The commit that will not be pushed; null for none.</summary>
    public string? RefusedFor { get; init; }
}
