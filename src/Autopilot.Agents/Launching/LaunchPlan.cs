namespace Autopilot.Agents.Launching;

/// <summary>Everything it takes to start an agent's process.</summary>
public sealed record LaunchPlan
{
    /// <summary>A name or a path.</summary>
    public required string Executable { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment: nothing else is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What goes to stdin; it is closed after that.</summary>
    public required ReadOnlyMemory<byte> Stdin { get; init; }

    public IReadOnlyList<ScratchFile> Files { get; init; } = [];

    /// <summary>Files and folders in which the agent keeps what it needs between sessions, its own credential included. Its sandbox shows them.</summary>
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>URLs without which it cannot work: of its model, and where it renews its credential. A sandbox whose network is limited to hosts lets it reach them.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Folders that must exist before the agent starts.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}
