using System.Collections.Concurrent;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>A space that survives crashes of the process and counts the states that it was asked to keep.</summary>
internal sealed class MemorySpace(string folder, ConcurrentDictionary<string, string>? points = null) : IDivisibleSpace
{
    public ConcurrentDictionary<string, string> Points { get; } = points ?? new(StringComparer.Ordinal);

    /// <summary>How often a reader had changed what is there.</summary>
    public int Forgotten { get; private set; }

    public string Place => "branch";

    public Task<string> Begin(CancellationToken cancellation) => Task.FromResult("base");

    public Task<EnteredFolder> Enter(string point, CancellationToken cancellation) => Task.FromResult(new EnteredFolder(Directory.CreateDirectory(Path.Combine(folder, "work")).FullName, IsNew: false));

    public Task<string> Keep(string point, string turn, string message, CancellationToken cancellation) => Note(point, turn, message, cancellation);

    public Task<string> Inspect(string point, CancellationToken cancellation) => Task.FromResult(Directory.CreateDirectory(Path.Combine(folder, "inspect")).FullName);

    public void Forget() => Forgotten++;

    public Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        Points[turn] = $"{point} {message}";
        return Task.FromResult("after " + turn);
    }

    public Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation) => Task.FromResult($"{from}..{to}");

    public Task Publish(string point, CancellationToken cancellation) => Task.CompletedTask;

    public Task Leave(string point, CancellationToken cancellation) => Task.CompletedTask;

    public ILoopSpace Split(string name) => new MemorySpace(Path.Combine(folder, name), Points);

    public Task<MergedPoint> Merge(string onto, string tip, string message, CancellationToken cancellation) => Task.FromResult(new MergedPoint($"({onto} + {tip})", [], ""));

    public void Dispose()
    {
    }
}
