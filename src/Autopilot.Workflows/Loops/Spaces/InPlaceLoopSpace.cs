using Autopilot.Core.Governance;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>
/// Works in the user's checkout, which is only ever read by us: index, HEAD and stash are the user's. What producers change becomes commits
/// on the run's branch; what the user had changed or staged before, or changes between two turns, is in none of them.
/// </summary>
public sealed class InPlaceLoopSpace : ILoopSpace
{
    private readonly GitSpaceSettings settings;
    private readonly RunHistory history;
    private readonly CheckoutTrees trees;
    private readonly FolderInUse use;

    public InPlaceLoopSpace(IGit git, GitSpaceSettings settings, TimeProvider clock, MergeGate gate)
    {
        this.settings = settings;
        history = new RunHistory(git, settings, clock, gate);
        trees = new CheckoutTrees(history, Home, clock);
        use = new FolderInUse(settings.Folder, Path.Combine(settings.Home, "in-place", "lock"));
    }

    public string Place => settings.Branch;

    private string Home => Path.Combine(settings.Home, "in-place", settings.Owner);

    /// <summary>The tree of the checkout when the present turn was begun, as <c>point tree</c>.</summary>
    private string EnteredFile => Path.Combine(Home, "entered");

    public async Task<string> Begin(CancellationToken cancellation)
    {
        use.Take();
        return await At(await history.Base(cancellation), await trees.Seen(cancellation), cancellation);
    }

    public async Task<EnteredFolder> Enter(string point, CancellationToken cancellation)
    {
        use.Take();
        // What differs from the last state now was changed by the user; what differs later, by the turn.
        if (Entered(point) is null) AtomicFile.Write(EnteredFile, $"{point} {await trees.Seen(cancellation)}");
        return new EnteredFolder(Directory.CreateDirectory(Path.Combine(settings.Folder, settings.Below)).FullName, IsNew: false);
    }

    public async Task<string> Keep(string point, string turn, string message, CancellationToken cancellation)
    {
        use.Take();
        history.Forget();
        var last = InPlacePoint.Parse(point);
        var own = await trees.Of(last.Commit, cancellation);
        var now = await trees.Seen(cancellation);
        var (tree, left) = await trees.Apply(own, Entered(point) ?? last.Seen ?? own, now, cancellation);
        return await At(await trees.Commit(tree, last.Commit, With(left, message), cancellation), now, cancellation);
    }

    public async Task<string> Inspect(string point, CancellationToken cancellation)
    {
        var at = InPlacePoint.Parse(point);
        var commit = at.Seen is null ? at.Commit : await trees.Snapshot(at.Seen, cancellation);
        return Directory.CreateDirectory(Path.Combine(await history.Inspect(commit, cancellation), settings.Below)).FullName;
    }

    public void Forget() => history.Forget();

    public async Task<string> Note(string point, string turn, string message, CancellationToken cancellation)
    {
        var last = InPlacePoint.Parse(point);
        var noted = await trees.Commit(await trees.Of(last.Commit, cancellation), last.Commit, message, cancellation);
        await history.Record(noted, turn, cancellation);
        history.Forget();
        return (last with { Commit = noted }).ToString();
    }

    public Task<string> Differences(string from, string to, int maxLength, CancellationToken cancellation) =>
        history.Differences(InPlacePoint.Parse(from).Commit, InPlacePoint.Parse(to).Commit, maxLength, cancellation);

    public Task Publish(string point, CancellationToken cancellation) => history.Publish(InPlacePoint.Parse(point).Commit, cancellation);

    public async Task Leave(string point, CancellationToken cancellation)
    {
        await history.LeaveInspection(InPlacePoint.Parse(point).Commit, cancellation);
        LoopMaterials.Remove(Path.Combine(settings.Folder, settings.Below));
        if (Directory.Exists(Home)) Directory.Delete(Home, recursive: true);
    }

    public void Dispose() => use.Dispose();

    private async Task<string> At(string commit, string seen, CancellationToken cancellation) =>
        new InPlacePoint(commit, await trees.Of(commit, cancellation) == seen ? null : seen).ToString();

    private string? Entered(string point) =>
        File.Exists(EnteredFile) && File.ReadAllText(EnteredFile).Split(' ') is [var at, var tree] && at == point ? tree : null;

    private static string With(IReadOnlyList<string> left, string message)
    {
        if (left.Count == 0) return message;
        var end = message.IndexOf("\n\n", StringComparison.Ordinal);
        return $"{message[..end]}\n\nNot in this commit, for the user's own uncommitted changes are in the same places: {string.Join(", ", left)}{message[end..]}";
    }
}
