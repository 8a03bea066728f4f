using System.Text;
using System.Text.RegularExpressions;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Platform.Files;

namespace Autopilot.Git.Workspaces;

/// <summary>A workspace's folder as its owner may have left it: the ways in which git would refuse it, or leave it, are mended first.</summary>
internal sealed partial class WorkspaceFolder(Hub hub, string place)
{
    /// <summary>More repositories than this inside one workspace are not made by accident.</summary>
    private const int MostInner = 100;
    private const int LongestPointer = 64 * 1024;

    /// <summary>The hub, as seen from where it keeps its bookkeeping of one workspace.</summary>
    private const string CommonFolder = "../..";

    private string Link => Path.Combine(place, ".git");

    /// <summary>Makes sure that git works on this workspace and on no repository above it.</summary>
    /// <returns>False when the hub does not know the workspace: then it has to be made again.</returns>
    public bool Mend()
    {
        if (AdminFolder() is not { } admin) return false;
        var link = $"gitdir: {admin}\n";
        if (Directory.Exists(Link)) SetAside(Link);
        if (TextOf(Link) != link)
        {
            // An agent may have put a pipe there, or a link to somewhere else.
            File.Delete(Link);
            File.WriteAllText(Link, link);
        }

        // It says which configuration holds here.
        var shared = Path.Combine(admin, "commondir");
        if (TextOf(shared)?.Trim() == CommonFolder) return true;
        File.Delete(shared);
        File.WriteAllText(shared, CommonFolder + "\n");
        return true;
    }

    /// <summary>Removes the locks of dead processes. Its owner is over, or is us: no git process of anybody else works here.</summary>
    public void Unlock()
    {
        if (AdminFolder() is not { } admin) return;
        foreach (var name in (ReadOnlySpan<string>)["index.lock", "HEAD.lock"]) File.Delete(Path.Combine(admin, name));
    }

    /// <summary>As <see cref="Mend"/>, where git must not go on without.</summary>
    /// <exception cref="IOException">The hub does not know the workspace.</exception>
    public void Require()
    {
        if (!Mend()) throw new IOException($"{place} is no workspace of {hub.Folder} any more; look at its files and remove the folder.");
    }

    /// <summary>The commit that is checked out. Read from the file; an agent that switched to a branch costs a process.</summary>
    public async Task<CommitId> Head(CancellationToken cancellation)
    {
        Require();
        var head = TextOf(Path.Combine(AdminFolder()!, "HEAD"))?.Trim() ?? throw new IOException($"What is checked out in {place} cannot be read.");
        return new CommitId(head.StartsWith("ref:", StringComparison.Ordinal) ? (await hub.Git.Run(place, cancellation, "rev-parse", "HEAD")).Text : head);
    }

    /// <summary>Says that a commit is checked out, whose tree the index has already; nothing else is touched.</summary>
    public void Stand(CommitId at) => AtomicFile.Write(Path.Combine(AdminFolder()!, "HEAD"), at.Hash + "\n");

    /// <summary>Stages everything that is not ignored. Files in repositories that an agent made inside are staged as files.</summary>
    public async Task Stage(CancellationToken cancellation)
    {
        Require();
        Unlock();
        for (var i = 0; ; i++)
        {
            var added = await hub.Git.Try(place, ["-c", "advice.addEmbeddedRepo=false", "add", "--all"], cancellation);
            var inner = InnerRepository().Matches(added.Error).Select(m => m.Groups["path"].Value.TrimEnd('/')).ToList();
            if (added.Succeeded && inner.Count == 0) return;
            if (inner.Count == 0 || i == MostInner) throw new GitException("add --all", place, added);
            foreach (var path in inner) await TakeIn(path, cancellation);
        }
    }

    private async Task TakeIn(string path, CancellationToken cancellation)
    {
        SetAside(Path.Combine(place, path, ".git"));
        await hub.Git.Run(place, cancellation, "rm", "--quiet", "--cached", "--force", "--ignore-unmatch", "--", path);
    }

    // Nothing that an agent did is thrown away, its own repositories included.
    private void SetAside(string repository)
    {
        var aside = Directory.CreateDirectory(Path.Combine(hub.Folder, "set-aside", Guid.NewGuid().ToString("N"))).FullName;
        if (Directory.Exists(repository)) Directory.Move(repository, Path.Combine(aside, "git"));
        else File.Move(repository, Path.Combine(aside, "git"));
    }

    /// <summary>Where the hub keeps index and HEAD of this workspace.</summary>
    private string? AdminFolder()
    {
        var usual = Path.Combine(hub.Folder, "worktrees", Path.GetFileName(place));
        if (IsAdmin(usual)) return usual;
        var all = Path.Combine(hub.Folder, "worktrees");
        return Directory.Exists(all) ? Directory.EnumerateDirectories(all).FirstOrDefault(IsAdmin) : null;
    }

    private bool IsAdmin(string folder)
    {
        var file = Path.Combine(folder, "gitdir");
        return TextOf(file)?.Trim() == Link && File.Exists(Path.Combine(folder, "HEAD"));
    }

    /// <summary>Agents write in these folders: what is no file is as good as not there.</summary>
    private static string? TextOf(string path) => RegularFile.Read(path, LongestPointer) is { } content ? Encoding.UTF8.GetString(content) : null;

    [GeneratedRegex(@"adding embedded git repository: (?<path>.+)$|error: '(?<path>.+)' does not have a commit checked out", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerRepository();
}
