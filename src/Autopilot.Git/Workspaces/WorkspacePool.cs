using System.Collections.Concurrent;
using System.Text.Json;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Platform.Locks;

namespace Autopilot.Git.Workspaces;

/// <summary>
/// Workspaces of one repository: detached worktrees of the hub, kept warm for the next owner. One that is held by a live process
/// is never recycled; what a dead one left is put on a branch before anything else happens to it.
/// </summary>
/// <param name="folder">Where the workspaces are; outside the user's repository.</param>
/// <param name="limit">How many may exist at most.</param>
public sealed class WorkspacePool(Hub hub, string folder, TimeProvider clock, int limit = 64)
{
    /// <summary>What git writes when it registers a worktree.</summary>
    private static readonly string[] Registration = ["gitdir", "commondir", "HEAD"];

    /// <summary>Below this, work of a dead owner is found again.</summary>
    public const string RescuedRefs = "refs/heads/rescued/";

    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, string> given = new(StringComparer.Ordinal);

    /// <summary>Gives an owner a workspace at a commit: the one it held before, else a warm or a new one, with what it left in one that was taken from it.</summary>
    /// <exception cref="GitException">git could not make the checkout.</exception>
    /// <exception cref="IOException">The limit is reached and all workspaces are held.</exception>
    public async Task<Workspace> Acquire(string owner, CommitId at, CancellationToken cancellation)
    {
        if (await Again(owner, at, cancellation) is { } held) return held;
        var (id, adopted) = await Claim(owner, at, cancellation);
        given[owner] = id;
        var place = FolderOf(id);
        if (adopted && Directory.Exists(place)) return new Workspace(id, place, owner, at, Adopted: true);
        var left = LeftWork.Of(folder, owner) is { } work && await hub.Resolve(work.Commit, cancellation) is not null ? work : null;
        var start = left is null ? at : new CommitId(left.Commit);
        if (!await Clean(place, start.Hash, cancellation)) await Create(place, start, cancellation);
        if (left is not null && left.Head != left.Commit) await hub.Git.Run(place, cancellation, "reset", "--quiet", "--mixed", left.Head);
        WriteLease(id, owner, at, ready: true);
        LeftWork.Forget(folder, owner);
        return new Workspace(id, place, owner, at, Adopted: left is not null);
    }

    /// <summary>Puts a held workspace back to its base, after putting what is on no branch onto one.</summary>
    /// <returns>The branch with the rescued work; null when there was none.</returns>
    public async Task<string?> Reset(Workspace workspace, CommitId at, CancellationToken cancellation)
    {
        var rescued = await Rescue(workspace.Folder, workspace.Owner, cancellation);
        WriteLease(workspace.Id, workspace.Owner, at, ready: false);
        if (!await Clean(workspace.Folder, at.Hash, cancellation)) await Create(workspace.Folder, at, cancellation);
        WriteLease(workspace.Id, workspace.Owner, at, ready: true);
        return rescued;
    }

    /// <summary>Gives a workspace back. Work in it that is on no branch is put onto one first.</summary>
    /// <param name="onBranch">A commit that is known to be on a branch of the hub, which then need not be looked for.</param>
    /// <returns>The branch with the rescued work; null when there was none.</returns>
    public async Task<string?> Release(Workspace workspace, CancellationToken cancellation, CommitId? onBranch = null)
    {
        var rescued = await Rescue(workspace.Folder, workspace.Owner, cancellation, onBranch);
        GiveBack(workspace);
        return rescued;
    }

    /// <summary>Gives back a workspace whose work is saved, before it is on record that the work was done: an owner that comes back because of that finds it as it was.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="saved">Where it stands; a branch of the hub holds it.</param>
    public async Task Leave(Workspace workspace, CommitId saved, CancellationToken cancellation)
    {
        new LeftWork(workspace.Owner, workspace.Id, saved.Hash, saved.Hash).Keep(folder);
        await Release(workspace, cancellation, onBranch: saved);
    }

    /// <summary>Forgets what owners have left that will not come back.</summary>
    /// <param name="owners">What their names begin with.</param>
    public void Forget(string owners) => LeftWork.ForgetAll(folder, owners);

    /// <summary>Gives back a workspace that no agent could write in: what a verification left in it is worth nothing.</summary>
    public Task Discard(Workspace workspace, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        GiveBack(workspace);
        return Task.CompletedTask;
    }

    /// <summary>Puts the work of owners whose process is dead onto branches and makes their workspaces idle. An owner that comes back finds its work again.</summary>
    /// <param name="keep">Owners that a resumed run is about to adopt.</param>
    public async Task<IReadOnlyList<string>> RescueDead(Func<string, bool> keep, CancellationToken cancellation)
    {
        var rescued = new List<string>();
        foreach (var id in Ids())
        {
            if (await ReadLease(id, cancellation) is not { } lease || lease.IsAlive || keep(lease.Owner)) continue;
            if (lease.Ready && Directory.Exists(FolderOf(id)) && await TakeFrom(lease, id, cancellation) is { } branch) rescued.Add(branch);
            File.Delete(LeaseOf(id));
        }

        return rescued;
    }

    public async Task<IReadOnlyList<WorkspaceState>> List(CancellationToken cancellation)
    {
        var states = new List<WorkspaceState>();
        foreach (var id in Ids())
        {
            var lease = await ReadLease(id, cancellation);
            var place = FolderOf(id);
            var unsaved = lease is not null && Directory.Exists(place) && await IsUnsaved(place, cancellation);
            states.Add(new WorkspaceState(id, place, lease?.Owner, lease is not null && lease.IsAlive, unsaved, SizeOf(place)));
        }

        return states;
    }

    /// <summary>Removes the workspaces that nobody holds; their work is on branches first.</summary>
    /// <returns>The bytes that became free.</returns>
    public async Task<long> Prune(CancellationToken cancellation)
    {
        await RescueDead(_ => false, cancellation);
        using var held = await Lock(cancellation);
        long freed = 0;
        foreach (var id in Ids().Where(id => !File.Exists(LeaseOf(id))))
        {
            var place = FolderOf(id);
            freed += SizeOf(place);
            await hub.Git.Run(hub.Folder, cancellation, "worktree", "remove", "--force", "--force", place);
        }

        return freed;
    }

    /// <summary>What was given to the owner by this before: nobody takes it away while this process lives, so that nothing has to be looked for.</summary>
    private async Task<Workspace?> Again(string owner, CommitId at, CancellationToken cancellation)
    {
        if (!given.TryGetValue(owner, out var id) || !Directory.Exists(FolderOf(id)) || await ReadLease(id, cancellation) is not { } lease) return null;
        if (lease != WorkspaceLease.Of(owner, lease.Base, ready: true)) return null;
        if (lease.Base != at.Hash) WriteLease(id, owner, at, ready: true);
        return new Workspace(id, FolderOf(id), owner, at, Adopted: true);
    }

    private async Task<(string Id, bool Adopted)> Claim(string owner, CommitId at, CancellationToken cancellation)
    {
        using var held = await Lock(cancellation);
        var ids = Ids().ToList();
        foreach (var id in ids)
        {
            if (await ReadLease(id, cancellation) is not { } lease || lease.Owner != owner) continue;
            // What died with the owner's process may have been a git.
            if (!lease.IsAlive) new WorkspaceFolder(hub, FolderOf(id)).Unlock();
            WriteLease(id, owner, at, lease.Ready);
            return (id, lease.Ready);
        }

        var before = LeftWork.Of(folder, owner)?.Id;
        var free = before is not null && !File.Exists(LeaseOf(before)) ? before : ids.Find(id => !File.Exists(LeaseOf(id))) ?? NewId(ids);
        WriteLease(free, owner, at, ready: false);
        return (free, false);
    }

    private void GiveBack(Workspace workspace)
    {
        given.TryRemove(workspace.Owner, out _);
        File.Delete(LeaseOf(workspace.Id));
    }

    private string NewId(List<string> ids) => ids.Count < limit
        ? Enumerable.Range(1, limit).Select(n => $"w{n}").First(id => !ids.Contains(id, StringComparer.Ordinal))
        : throw new IOException($"All {limit} workspaces of {folder} are in use. See 'autopilot workspaces list'.");

    private async Task Create(string place, CommitId at, CancellationToken cancellation)
    {
        // git's own bookkeeping of worktrees is not safe against several at once.
        using var held = await Lock(cancellation);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        ForgetHalfMade();
        await hub.Git.Run(hub.Folder, cancellation, "worktree", "add", "--quiet", "--force", "--force", "--detach", place, at.Hash);
        foreach (var submodule in await Submodules.In(hub, place, cancellation)) await submodule.CheckOut(cancellation);
    }

    /// <summary>A git that was killed while it registered a worktree leaves an entry that no later <c>git worktree add</c> gets past.</summary>
    private void ForgetHalfMade()
    {
        var entries = new DirectoryInfo(Path.Combine(hub.Folder, "worktrees"));
        if (!entries.Exists) return;
        foreach (var entry in entries.EnumerateDirectories().Where(e => Registration.Any(f => new FileInfo(Path.Combine(e.FullName, f)) is not { Exists: true, Length: > 0 })))
            entry.Delete(recursive: true);
    }

    private async Task<string?> TakeFrom(WorkspaceLease lease, string id, CancellationToken cancellation)
    {
        var place = FolderOf(id);
        var before = (await new WorkspaceFolder(hub, place).Head(cancellation)).Hash;
        var branch = await Rescue(place, lease.Owner, cancellation);
        var after = branch is null ? before : (await new WorkspaceFolder(hub, place).Head(cancellation)).Hash;
        if (after != lease.Base) new LeftWork(lease.Owner, id, before, after).Keep(folder);
        return branch;
    }

    private async Task<string?> Rescue(string place, string owner, CancellationToken cancellation, CommitId? onBranch = null)
    {
        if (!await IsUnsaved(place, cancellation, onBranch)) return null;
        foreach (var submodule in await Submodules.In(hub, place, cancellation)) await submodule.Save(owner, cancellation);
        await new WorkspaceFolder(hub, place).Stage(cancellation);
        await hub.Git.Try(place, ["commit", "--quiet", "--no-verify", "-m", $"Work that {owner} left behind"], cancellation);
        var head = await new WorkspaceFolder(hub, place).Head(cancellation);
        var branch = RescuedRefs + RefName.From($"{owner}-{head.Short}");
        await hub.Git.Run(hub.Folder, cancellation, "update-ref", branch, head.Hash);
        return branch;
    }

    private async Task<bool> IsUnsaved(string place, CancellationToken cancellation, CommitId? onBranch = null)
    {
        var status = await hub.Git.Run(place, cancellation, "status", "--porcelain", "--untracked-files=normal");
        if (status.Output.Length > 0) return true;
        var head = await new WorkspaceFolder(hub, place).Head(cancellation);
        if (head == onBranch) return false;
        // A base may be on a branch of the user's only, which the hub does not have.
        if ((await ReadLease(Path.GetFileName(place), cancellation))?.Base == head.Hash) return false;
        return (await hub.Git.Run(hub.Folder, cancellation, "for-each-ref", "--count=1", "--contains", head.Hash)).Output.Length == 0;
    }

    /// <returns>False when there is no such checkout, or none that git can use.</returns>
    private async Task<bool> Clean(string place, string at, CancellationToken cancellation)
    {
        var space = new WorkspaceFolder(hub, place);
        if (!Directory.Exists(place) || !space.Mend()) return false;
        space.Unlock();
        var checkout = await hub.Git.Try(place, ["checkout", "--quiet", "--force", "--detach", at], cancellation);
        if (!checkout.Succeeded || !(await hub.Git.Try(place, ["clean", "-ffdxq"], cancellation)).Succeeded) return false;
        var submodules = await Submodules.In(hub, place, cancellation);
        if (submodules.Count == 0) return true;
        using var held = await Lock(cancellation);
        foreach (var submodule in submodules) await submodule.CheckOut(cancellation);
        return true;
    }

    private Task<FileLock> Lock(CancellationToken cancellation) => FileLock.Acquire(Path.Combine(folder, "pool.lock"), LockPatience, clock, cancellation);

    private IEnumerable<string> Ids() => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f)!)
            .Concat(Directory.EnumerateFiles(folder, "*.lease").Select(f => Path.GetFileNameWithoutExtension(f)!))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private async Task<WorkspaceLease?> ReadLease(string id, CancellationToken cancellation)
    {
        if (!File.Exists(LeaseOf(id))) return null;
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllTextAsync(LeaseOf(id), cancellation), GitJson.Default.WorkspaceLease);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            return WorkspaceLease.Unreadable;
        }
    }

    private void WriteLease(string id, string owner, CommitId at, bool ready)
    {
        var temporary = LeaseOf(id) + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(WorkspaceLease.Of(owner, at.Hash, ready), GitJson.Default.WorkspaceLease));
        File.Move(temporary, LeaseOf(id), overwrite: true);
    }

    private string FolderOf(string id) => Path.Combine(folder, id);

    private string LeaseOf(string id) => Path.Combine(folder, id + ".lease");

    private static long SizeOf(string place) => !Directory.Exists(place)
        ? 0
        : new DirectoryInfo(place).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(f => f.Length);
}
