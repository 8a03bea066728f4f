using Autopilot.Git.Repository;

namespace Autopilot.Git.Tests;

/// <summary>Counts every git process, those that git starts itself included: each one writes a trace file.</summary>
internal sealed class CountedGit(IGit git, string folder) : IGit
{
    public GitIdentity Identity => git.Identity;

    public int Processes => Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Sum(f => File.ReadLines(f).Count(l => l.Contains("\"event\":\"start\"", StringComparison.Ordinal))) : 0;

    /// <summary>How many processes waited until what they wrote was on the disk.</summary>
    public int Flushed => Directory.EnumerateFiles(folder).Count(f => File.ReadAllText(f).Contains("hardware-flush", StringComparison.Ordinal));

    public Task<GitResult> Try(
        string where,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        ReadOnlyMemory<byte>? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(folder);
        var traced = new Dictionary<string, string>(environment ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["GIT_TRACE2_EVENT"] = folder };
        return git.Try(where, arguments, cancellation, input, traced);
    }
}
