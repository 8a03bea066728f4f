using Autopilot.Core.Merging;
using Autopilot.Platform.Files;

namespace Autopilot.Git.Repository;

/// <summary>
/// Autopilot's own bare repository beside the user's. It borrows the user's objects and holds all refs and workspaces of ours,
/// so that nothing an agent does with git can reach the user's refs, index, stash, hooks or configuration.
/// </summary>
public sealed class Hub
{
    private readonly IGit git;
    private readonly HubFiles files;
    private readonly HubWatch? watch;

    private Hub(IGit git, UserRepository user, string folder, HubFiles files, HubWatch? watch)
    {
        this.git = git;
        this.files = files;
        this.watch = watch;
        User = user;
        Folder = folder;
        Git = Guard(git);
    }

    /// <summary>The bare repository's folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Whose objects it borrows.</summary>
    internal UserRepository User { get; }

    /// <summary>Runs git in the hub and in its workspaces, with the hub's files that decide what git does as they have to be.</summary>
    public IGit Git { get; }

    /// <summary>Opens the hub of a user's repository, making it where it does not exist.</summary>
    /// <param name="watch">Hears when something had changed the hub's own files, and they were put back; null for nobody.</param>
    public static async Task<Hub> Open(IGit git, UserRepository user, string folder, CancellationToken cancellation, HubWatch? watch = null)
    {
        var settings = await HubSettings.Of(git, user, cancellation);
        var own = new HubFiles(folder, user, settings, watch);
        own.Write();
        return new Hub(git, user, folder, own, watch);
    }

    /// <summary>The hub of a submodule.</summary>
    internal Task<Hub> OpenBelow(UserRepository module, string below, CancellationToken cancellation) => Open(git, module, below, cancellation, watch);

    /// <summary>Tells whoever opened it.</summary>
    internal void Notice(string text) => watch?.Show(text);

    /// <summary>Runs another git as carefully as <see cref="Git"/>.</summary>
    public IGit Guard(IGit other) => new HubGit(other, this, files);

    /// <summary>The commit a revision names in the hub; null when there is none.</summary>
    public async Task<CommitId?> Resolve(string revision, CancellationToken cancellation)
    {
        var answer = await Git.Try(Folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellation);
        return answer.Succeeded ? new CommitId(answer.Text) : null;
    }

    /// <summary>Makes a commit that no ref names yet, without a process; it is on the disk when this returns.</summary>
    /// <param name="tree">Must be there.</param>
    /// <param name="at">When its author and committer made it.</param>
    public CommitId Commit(string tree, IReadOnlyList<string> parents, DateTimeOffset at, string message)
    {
        files.Hold();
        var made = CommitObject.Of(tree, parents, git.Identity, at, message);
        AtomicFile.Write(Path.Combine(Folder, "objects", made.Id.Hash[..2], made.Id.Hash[2..]), made.Stored.Span);
        return made.Id;
    }

    /// <summary>Moves a ref by compare-and-swap.</summary>
    /// <param name="name">A full ref name.</param>
    /// <param name="expected">Where it must be now; null when it must not exist.</param>
    /// <returns>False when it is elsewhere. True also when it is already at <paramref name="to"/>: a rerun after a crash adopts that.</returns>
    public Task<bool> Move(string name, CommitId to, CommitId? expected, string reason, CancellationToken cancellation) =>
        RefMove.Apply(Git, Folder, name, to, expected, reason, cancellation);

    /// <summary>All refs below a prefix.</summary>
    public async Task<IReadOnlyDictionary<string, CommitId>> Refs(string prefix, CancellationToken cancellation)
    {
        var list = await Git.Run(Folder, cancellation, "for-each-ref", "--format=%(refname) %(objectname)", prefix);
        return list.Lines.Select(l => l.Split(' ')).ToDictionary(p => p[0], p => new CommitId(p[1]), StringComparer.Ordinal);
    }
}
