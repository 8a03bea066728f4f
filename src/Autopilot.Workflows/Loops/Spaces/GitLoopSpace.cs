using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Works in workspaces outside the user's checkout; each turn is a commit on the run's branch. Three git processes per cycle, while nobody leaves files where only readers work.</summary>
public sealed class GitLoopSpace(IGit git, GitSpaceSettings settings, TimeProvider clock, MergeGate gate) : IDivisibleSpace
{
    private readonly RunHistory history = new(git, settings, clock, gate);
    private CommitChain? chain;

    public string Place => settings.Branch;

    public Task<string> Begin(CancellationToken cancellation) => history.Base(cancellation);

    public async Task<EnteredFolder> Enter(string point, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        return new EnteredFolder(Within(workspace.Folder), IsNew: !workspace.Adopted);
    }

    public async Task<string> Keep(string point, string turn, string message, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        if (await Kept(workspace, point, turn, cancellation) is { } before) return before;
        history.Forget();
        return (await (await Chain(cancellation)).Keep(workspace, message, cancellation)).Hash;
    }

    public async Task<string> Inspect(string point, CancellationToken cancellation) => Within(await history.Inspect(point, cancellation));

    public void Forget() => history.Forget();

    public async Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        var noted = await Kept(workspace, point, turn, cancellation) ?? (await (await Chain(cancellation)).Note(workspace, message, cancellation)).Hash;
        // Whoever inspected may have changed what is there.
        history.Forget();
        return noted;
    }

    public Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation) => history.Differences(from, to, maxLength, cancellation);

    public Task Publish(string point, CancellationToken cancellation) => history.Publish(point, cancellation);

    public async Task Leave(string point, CancellationToken cancellation)
    {
        var workspace = await history.Workspace(settings.Owner, point, cancellation);
        // Until here the workspace itself holds the commits.
        await history.Record(point, "leave", cancellation);
        await (await history.Open(cancellation)).Pool.Release(workspace, cancellation);
        await history.LeaveInspection(point, cancellation);
    }

    public ILoopSpace Split(string name) => new GitLoopSpace(git, settings with { Owner = $"{settings.Owner}-{name}", Branch = $"{settings.Branch}-{name}" }, clock, gate);

    public async Task<MergedPoint> Merge(string onto, string tip, string message, CancellationToken cancellation)
    {
        var hub = (await history.Open(cancellation)).Hub;
        var merged = await new Integration(hub, clock).Merge(new CommitId(onto), new CommitId(tip), message, cancellation);
        var point = merged.Commit ?? hub.Commit(merged.Tree, [onto, tip], clock.GetLocalNow(), message);
        return new MergedPoint(point.Hash, merged.Conflicts, merged.Detail);
    }

    public void Dispose()
    {
    }

    private async Task<CommitChain> Chain(CancellationToken cancellation) => chain ??= new CommitChain((await history.Open(cancellation)).Hub, clock);

    private string Within(string folder) => Directory.CreateDirectory(Path.Combine(folder, settings.Below)).FullName;

    /// <summary>The commit that this turn made before a crash; null when it made none.</summary>
    private async Task<string?> Kept(Workspace workspace, string point, string turn, CancellationToken cancellation)
    {
        var head = (await (await Chain(cancellation)).Head(workspace, cancellation)).Hash;
        if (head == point) return null;
        var message = (await (await history.Open(cancellation)).Git.Run(workspace.Folder, cancellation, "log", "-1", "--format=%B")).Output;
        return message.Contains($"\n{TurnMessage.TurnTrailer}: {turn}\n", StringComparison.Ordinal) ? head : null;
    }
}
