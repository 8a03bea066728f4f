namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>A space in which several parts of the work can be done at once and brought together.</summary>
public interface IDivisibleSpace : ILoopSpace
{
    /// <summary>A space of its own for a part.</summary>
    /// <param name="name">Unique in the run, and the same in every execution.</param>
    ILoopSpace Split(string name);

    /// <summary>Brings a part into a state.</summary>
    Task<MergedPoint> Merge(string onto, string tip, string message, CancellationToken cancellation);
}
