using System.Text;
using Autopilot.Core.Merging;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Trees of the user's checkout, made through an index and a repository of our own.</summary>
/// <param name="home">Where the index is.</param>
internal sealed class CheckoutTrees(RunHistory history, string home, TimeProvider clock)
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The tree of everything in the checkout that is not ignored.</summary>
    public async Task<string> Seen(CancellationToken cancellation)
    {
        var opened = await history.Open(cancellation);
        var index = Path.Combine(Directory.CreateDirectory(home).FullName, "index");
        var mine = Index(index);
        string[] there = ["--git-dir=" + opened.Hub.Folder, "--work-tree=" + opened.User.Root];
        // What is tracked counts although it is ignored.
        if (!File.Exists(index)) await Run([.. there, "read-tree", await history.Base(cancellation)], mine, cancellation);
        File.Delete(index + ".lock");
        // Run in our repository, whose settings agents may have written; git itself goes to the checkout.
        var added = await opened.Git.Try(opened.Hub.Folder, [.. there, "-c", "advice.addEmbeddedRepo=false", "add", "--all", "--ignore-errors"], cancellation, environment: mine);
        // A repository of the user's inside the checkout that has no commit yet is left out; any other refusal must not go unseen.
        if (!added.Succeeded && !added.Error.Contains("does not have a commit checked out", StringComparison.Ordinal)) throw new GitException("add --all", opened.User.Root, added);
        return (await Run(["write-tree"], mine, cancellation)).Text;
    }

    /// <summary>The tree of a commit.</summary>
    public async Task<string> Of(string commit, CancellationToken cancellation)
    {
        if (known.TryGetValue(commit, out var tree)) return tree;
        return known[commit] = (await Run(["rev-parse", commit + "^{tree}"], null, cancellation)).Text;
    }

    public async Task<string> Commit(string tree, string parent, string message, CancellationToken cancellation)
    {
        var opened = await history.Open(cancellation);
        var made = opened.Hub.Commit(tree, [parent], clock.GetLocalNow(), message).Hash;
        known[made] = tree;
        return made;
    }

    /// <summary>A commit of a tree alone, the same whenever it is made.</summary>
    public async Task<string> Snapshot(string tree, CancellationToken cancellation, params IReadOnlyList<string> parents) =>
        (await history.Open(cancellation)).Hub.Commit(tree, parents, DateTimeOffset.UnixEpoch, "A state of the checkout\n").Hash;

    /// <summary>Brings what changed between two trees into a third.</summary>
    /// <returns>That tree, and the paths whose changes cannot be told from what stands there already: they stay as they were.</returns>
    public async Task<(string Tree, IReadOnlyList<string> Left)> Apply(string onto, string before, string after, CancellationToken cancellation)
    {
        if (before == after) return (onto, []);
        if (before == onto) return (after, []);
        var common = await Snapshot(before, cancellation);
        var (ours, theirs) = (await Snapshot(onto, cancellation, common), await Snapshot(after, cancellation, common));
        var merged = await new Integration((await history.Open(cancellation)).Hub, clock).Merge(new CommitId(ours), new CommitId(theirs), "Apply", cancellation);
        return merged.Merged ? (merged.Tree, []) : (await Without(merged, onto, cancellation), merged.Conflicts);
    }

    private async Task<string> Without(MergeAttempt merged, string onto, CancellationToken cancellation)
    {
        var opened = await history.Open(cancellation);
        var index = Path.Combine(home, "merge-index");
        File.Delete(index);
        var mine = Index(index);
        await Run(["read-tree", merged.Tree], mine, cancellation);
        var kept = (await Run(["ls-tree", "-z", "--full-tree", onto, "--", .. merged.Conflicts], null, cancellation)).Fields.Where(f => f.Contains('\t', StringComparison.Ordinal));
        var lines = merged.Conflicts.Select(path => $"0 {new string('0', onto.Length)}\t{path}").Concat(kept);
        var put = await opened.Git.Try(opened.Hub.Folder, ["update-index", "-z", "--index-info"], cancellation, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\0"))), mine);
        return put.Succeeded ? (await Run(["write-tree"], mine, cancellation)).Text : throw new GitException("update-index", opened.Hub.Folder, put);
    }

    private async Task<GitResult> Run(string[] command, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellation)
    {
        var opened = await history.Open(cancellation);
        var result = await opened.Git.Try(opened.Hub.Folder, command, cancellation, environment: environment);
        return result.Succeeded ? result : throw new GitException(string.Join(' ', command), opened.Hub.Folder, result);
    }

    private static Dictionary<string, string> Index(string file) => new(StringComparer.Ordinal) { ["GIT_INDEX_FILE"] = file };
}
