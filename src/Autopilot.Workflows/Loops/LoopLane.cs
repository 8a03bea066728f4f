using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>One line of work: where it is done, what it knows, and the state it has come to.</summary>
/// <param name="space">Where it works.</param>
internal sealed class LoopLane(ILoopSpace space)
{
    public ILoopSpace Space { get; } = space;

    public LoopRecord Record { get; set; } = null!;

    /// <summary>The state that has everything so far.</summary>
    public string Point { get; set; } = "";

    /// <summary>Files that began with both sides of a conflict between markers.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>The state at which the run began.</summary>
    public string Base { get; init; } = "";
}
