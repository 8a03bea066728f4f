namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Where a loop works, and how its states are kept. A point names one state; what it names never changes.</summary>
public interface ILoopSpace : IDisposable
{
    /// <summary>How people find the result: a branch or a folder.</summary>
    string Place { get; }

    /// <summary>The point at which the run begins.</summary>
    Task<string> Begin(CancellationToken cancellation);

    /// <summary>The folder in which producers work: with what an interrupted turn left in it, else as it was at the point.</summary>
    Task<EnteredFolder> Enter(string point, CancellationToken cancellation);

    /// <summary>Keeps what a producer left as a new point.</summary>
    /// <param name="turn">The turn; a rerun finds the point that it made before a crash.</param>
    Task<string> Keep(string point, string turn, string message, CancellationToken cancellation);

    /// <summary>A folder with the state of a point for those who must not change it: nothing that is done there is kept.</summary>
    Task<string> Inspect(string point, CancellationToken cancellation);

    /// <summary>
    /// What was changed in the folder that is there to be inspected, since it was given or this was last asked: by the content of every file.
    /// Empty where the space leaves that to what is observed of a session, and makes everything anew from what git knows.
    /// </summary>
    Task<IReadOnlyList<string>> Changes(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>What was there to be inspected has been changed: whoever inspects next gets it anew.</summary>
    void Forget();

    /// <summary>Notes a turn that changed nothing, as a new point where the space can tell a story.</summary>
    Task<string> Note(string point, string turn, string message, CancellationToken cancellation);

    /// <summary>What changed between two points, for readers.</summary>
    Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation);

    /// <summary>Makes the point visible to the user.</summary>
    Task Publish(string point, CancellationToken cancellation);

    /// <summary>Gives back what the run held; called once it has ended.</summary>
    Task Leave(string point, CancellationToken cancellation);
}
