using Autopilot.Core.Merging;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in workspaces outside the user's checkout; each turn is a commit on the run's branch. At most six git processes per cycle.</summary>
public sealed class GitLoopSpace(IGit git, GitSpaceSettings settings, TimeProvider clock) : IDivisibleSpace
{
    private readonly RunHistory history = new(git, settings, clock);

    public string Place => settings.Branch;

    public Task<string> Begin(CancellationToken cancellation) => history.Base(cancellation);

    public async Task<EnteredFolder> Enter(string point, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        return new EnteredFolder(Within(workspace.Folder), IsNew: !workspace.Adopted);
    }

    public async Task<string> Keep(string point, string turn, string message, CancellationToken cancellation)
    {
        var folder = (await history.Workspace(settings.Owner, point, cancellation)).Folder;
        if (await Kept(folder, point, turn, cancellation) is { } before) return before;
        history.Forget();
        await (await Ours(cancellation)).Run(folder, cancellation, "add", "--all");
        return await Commit(folder, message, cancellation);
    }

    public async Task<string> Inspect(string point, CancellationToken cancellation) => Within(await history.Inspect(point, cancellation));

    public void Forget() => history.Forget();

    public async Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        var folder = (await history.Workspace(settings.Owner, point, cancellation)).Folder;
        var noted = await Kept(folder, point, turn, cancellation) ?? await Commit(folder, message, cancellation);
        await history.Record(noted, turn, cancellation);
        // Whoever inspected may have changed what is there.
        history.Forget();
        return noted;
    }

    public Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation) => history.Differences(from, to, maxLength, cancellation);

    public Task Publish(string point, CancellationToken cancellation) => history.Publish(point, cancellation);

    public async Task Leave(string point, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        await (await history.Open(cancellation)).Pool.Release(workspace, cancellation);
        await history.LeaveInspection(point, cancellation);
    }

    public ILoopSpace Split(string name) => new GitLoopSpace(git, settings with { Owner = $"{settings.Owner}-{name}", Branch = $"{settings.Branch}-{name}" }, clock);

    public async Task<MergedPoint> Merge(string onto, string tip, string message, CancellationToken cancellation)
    {
        var hub = (await history.Open(cancellation)).Hub;
        var merged = await new Integration(hub).Merge(new CommitId(onto), new CommitId(tip), message, cancellation);
        var point = merged.Commit?.Hash ?? (await git.RunWithInput(hub.Folder, message, cancellation, "commit-tree", merged.Tree!, "-p", onto, "-p", tip)).Text;
        return new MergedPoint(point, merged.Conflicts, merged.Detail);
    }

    public void Dispose()
    {
    }

    private async Task<IGit> Ours(CancellationToken cancellation) => (await history.Open(cancellation)).Git;

    private string Within(string folder) => Directory.CreateDirectory(Path.Combine(folder, settings.Below)).FullName;

    private async Task<string> Commit(string folder, string message, CancellationToken cancellation)
    {
        await (await Ours(cancellation)).RunWithInput(folder, message, cancellation, "commit", "--quiet", "--no-verify", "--allow-empty", "--file=-");
        return await Head(folder, cancellation);
    }

    /// <summary>The commit that this turn made before a crash; null when it made none.</summary>
    private async Task<string?> Kept(string folder, string point, string turn, CancellationToken cancellation)
    {
        var head = await Head(folder, cancellation);
        if (head == point) return null;
        var message = (await (await Ours(cancellation)).Run(folder, cancellation, "log", "-1", "--format=%B")).Output;
        return message.Contains($"\n{TurnMessage.TurnTrailer}: {turn}\n", StringComparison.Ordinal) ? head : null;
    }

    /// <summary>Read from the file, for it is asked several times in every cycle; an agent that switched to a branch costs a process.</summary>
    private async Task<string> Head(string folder, CancellationToken cancellation)
    {
        var link = (await File.ReadAllTextAsync(Path.Combine(folder, ".git"), cancellation)).Trim();
        var head = (await File.ReadAllTextAsync(Path.Combine(link["gitdir: ".Length..], "HEAD"), cancellation)).Trim();
        return head.StartsWith("ref:", StringComparison.Ordinal) ? (await (await Ours(cancellation)).Run(folder, cancellation, "rev-parse", "HEAD")).Text : head;
    }
}
