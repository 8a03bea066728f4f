using System.Text;

using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;

namespace Autopilot.Agents.Supervision;

/// <summary>Sees changes by path, size and time; in a git repository what git ignores does not count. Works without git.</summary>
/// <param name="processes">Runs git.</param>
/// <param name="clock">Tells which files were written so recently that their time alone does not show a further change.</param>
/// <param name="environment">Autopilot's own environment, of which git gets the search path and the home.</param>
public sealed class WorkspaceObserver(IProcessSupervisor processes, TimeProvider clock, IReadOnlyDictionary<string, string> environment) : IWorkspaceObserver
{
    private static readonly TimeSpan gitLimit = TimeSpan.FromSeconds(30);

    public Task<IWorkspaceSnapshot> Look(string workspace, CancellationToken cancellation) =>
        Task.FromResult<IWorkspaceSnapshot>(new Snapshot(this, workspace, WorkspaceFiles.List(workspace), clock.GetUtcNow()));

    private async Task<IReadOnlyList<FileDifference>> WithoutIgnored(string workspace, List<FileDifference> changes, CancellationToken cancellation)
    {
        if (changes.Count == 0) return changes;
        var ignored = await Ignored(workspace, changes, cancellation);
        return ignored.Count == 0 ? changes : [.. changes.Where(c => !ignored.Contains(c.Path))];
    }

    private async Task<HashSet<string>> Ignored(string workspace, List<FileDifference> changes, CancellationToken cancellation)
    {
        var output = new MemoryStream();
        var spec = new ProcessSpec
        {
            Executable = "git",
            Arguments = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "check-ignore", "--stdin", "-z"],
            WorkingDirectory = workspace,
            Environment = GitEnvironment(),
            StaysInGroup = true,
            Input = ProcessInput.Of(Encoding.UTF8.GetBytes(string.Join('\0', changes.Select(c => c.Path)))),
            WallClockLimit = gitLimit,
            OnOutput = line =>
            {
                output.Write(line.Bytes.Span);
                output.WriteByte((byte)'\n');
                return ValueTask.CompletedTask;
            },
        };
        try
        {
            await using var git = await processes.Start(spec, cancellation);
            await git.Completion;
        }
        catch (ExecutableNotFoundException)
        {
            return []; // without git nothing is ignored
        }
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length).Split('\0').ToHashSet(StringComparer.Ordinal);
    }

    private Dictionary<string, string> GitEnvironment()
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C" };
        foreach (var name in new[] { "PATH", "HOME" })
            if (environment.TryGetValue(name, out var value)) result[name] = value;
        return result;
    }

    private sealed class Snapshot : IWorkspaceSnapshot
    {
        private static readonly TimeSpan clockStep = TimeSpan.FromMilliseconds(100); // file systems stamp in steps of some milliseconds
        private readonly WorkspaceObserver owner;
        private readonly string workspace;
        private readonly Dictionary<string, FileState>? before;
        private readonly Dictionary<string, byte[]> fresh;

        public Snapshot(WorkspaceObserver owner, string workspace, Dictionary<string, FileState>? before, DateTimeOffset now)
        {
            this.owner = owner;
            this.workspace = workspace;
            this.before = before;
            var edge = (now - clockStep).UtcTicks;
            fresh = (before ?? []).Where(f => f.Value.WrittenTicks >= edge).ToDictionary(f => f.Key, f => WorkspaceFiles.Digest(workspace, f.Key), StringComparer.Ordinal);
        }

        public async Task<IReadOnlyList<FileDifference>?> Compare(CancellationToken cancellation)
        {
            if (before is null || WorkspaceFiles.List(workspace) is not { } now) return null;
            var changes = now.Where(f => IsChanged(f.Key, f.Value))
                .Select(f => new FileDifference(f.Key, before.ContainsKey(f.Key) ? "update" : "add"))
                .Concat(before.Keys.Where(path => !now.ContainsKey(path)).Select(path => new FileDifference(path, "delete")))
                .OrderBy(c => c.Path, StringComparer.Ordinal)
                .ToList();
            return await owner.WithoutIgnored(workspace, changes, cancellation);
        }

        private bool IsChanged(string path, FileState now) =>
            !before!.TryGetValue(path, out var old) || old != now
            || (fresh.TryGetValue(path, out var digest) && !digest.AsSpan().SequenceEqual(WorkspaceFiles.Digest(workspace, path)));
    }
}
