using Autopilot.Core;
using Autopilot.Core.Merging;

namespace Autopilot.Git.Repository;

/// <summary>The user's repository. Read-only to us, but for refs of our own and the exclude file.</summary>
public sealed class UserRepository
{
    /// <summary>Below this, the commits that work of ours began at stay reachable.</summary>
    public const string BaseRefs = "refs/autopilot/bases/";

    private UserRepository(IGit git, string root, string commonFolder)
    {
        Git = git;
        Root = root;
        CommonFolder = commonFolder;
    }

    /// <summary>Runs git in it.</summary>
    internal IGit Git { get; }

    /// <summary>The top of the user's checkout, absolute.</summary>
    public string Root { get; }

    /// <summary>The folder that all worktrees of the repository share (usually <c>.git</c>), absolute.</summary>
    public string CommonFolder { get; }

    /// <summary>Finds the repository that a folder belongs to.</summary>
    /// <returns>Null when the folder belongs to none.</returns>
    public static async Task<UserRepository?> Find(IGit git, string folder, CancellationToken cancellation)
    {
        var found = await git.Try(folder, ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir"], cancellation);
        return found is { Succeeded: true, Lines: [var root, var common] } ? new UserRepository(git, root, common) : null;
    }

    /// <summary>Finds the repository that a folder belongs to, or says what to do.</summary>
    /// <exception cref="UserErrorException">The folder is in no repository.</exception>
    public static async Task<UserRepository> Require(IGit git, string folder, CancellationToken cancellation) =>
        await Find(git, folder, cancellation)
        ?? throw new UserErrorException($"{folder} is not in a git repository. Run 'git init' there, or name a folder that is in one.");

    /// <summary>A submodule's repository inside the user's.</summary>
    internal static UserRepository OfModule(UserRepository user, string folder) => new(user.Git, folder, folder);

    /// <summary>The commit a revision names; null when there is none (an empty repository has no HEAD).</summary>
    public async Task<CommitId?> Resolve(string revision, CancellationToken cancellation)
    {
        var answer = await Git.Try(Root, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellation);
        return answer.Succeeded ? new CommitId(answer.Text) : null;
    }

    /// <summary>
    /// Keeps a commit that work of ours begins at, through a ref of our own. The hub borrows the user's objects: without it,
    /// `git gc` after an amend, a rebase or a deleted branch would take away what that work is built on.
    /// </summary>
    public Task Keep(CommitId commit, CancellationToken cancellation) =>
        Git.Run(Root, cancellation, "update-ref", BaseRefs + commit.Hash, commit.Hash);

    /// <summary>Whether one commit is contained in another.</summary>
    public async Task<bool> Contains(CommitId whole, CommitId part, CancellationToken cancellation)
    {
        string[] command = ["merge-base", "--is-ancestor", part.Hash, whole.Hash];
        var answer = await Git.Try(Root, command, cancellation);
        return answer.ExitCode is 0 or 1 ? answer.Succeeded : throw new GitException(string.Join(' ', command), Root, answer);
    }

    /// <summary>The branch that HEAD is on; null when detached.</summary>
    public async Task<string?> CurrentBranch(CancellationToken cancellation)
    {
        var answer = await Git.Try(Root, ["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation);
        return answer.Succeeded ? answer.Text : null;
    }

    /// <summary>The branches that are checked out in the user's own worktrees: those must not be moved under the user.</summary>
    public async Task<IReadOnlySet<string>> CheckedOutBranches(CancellationToken cancellation)
    {
        var list = await Git.Run(Root, cancellation, "worktree", "list", "--porcelain", "-z");
        return list.Fields.Where(f => f.StartsWith("branch ", StringComparison.Ordinal)).Select(f => f["branch ".Length..]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A folder of ours in the repository, hidden through <c>info/exclude</c>; the user's tracked files stay untouched.</summary>
    public async Task Exclude(string pattern, CancellationToken cancellation)
    {
        var file = Path.Combine(CommonFolder, "info", "exclude");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellation) : [];
        if (lines.Contains(pattern, StringComparer.Ordinal)) return;
        var separator = lines.Length == 0 || (await File.ReadAllTextAsync(file, cancellation)).EndsWith('\n') ? "" : "\n";
        await File.AppendAllTextAsync(file, $"{separator}{pattern}\n", cancellation);
    }
}
