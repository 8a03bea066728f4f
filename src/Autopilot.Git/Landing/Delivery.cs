using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Landing;

/// <summary>
/// Brings commits of the hub into the user's repository. The hub knows which objects are borrowed from there, so two processes do
/// what takes five with <c>git fetch</c>.
/// </summary>
internal sealed class Delivery(Hub hub, UserRepository user)
{
    /// <summary>A larger pack is fetched, so that it is never held in memory.</summary>
    private const long LargestPack = 32 * 1024 * 1024;

    /// <param name="commit">To bring, with everything that it needs.</param>
    /// <param name="known">A commit that the user's repository has whole.</param>
    public async Task Bring(CommitId commit, CommitId known, CancellationToken cancellation)
    {
        var folder = Path.Combine(hub.Folder, "outgoing", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            await hub.Git.RunWithInput(hub.Folder, $"{commit.Hash}\n^{known.Hash}\n", cancellation, "pack-objects", "--quiet", "--revs", "--local", "--non-empty", Path.Combine(folder, "pack"));
            if (Directory.EnumerateFiles(folder, "*.pack").SingleOrDefault() is { } pack) await Unpack(pack, commit, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Unpack(string pack, CommitId commit, CancellationToken cancellation)
    {
        if (new FileInfo(pack).Length > LargestPack)
        {
            await user.Git.Run(user.Root, cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", hub.Folder, commit.Hash);
            return;
        }

        string[] command = ["unpack-objects", "-q"];
        var unpacked = await user.Git.Try(user.Root, command, cancellation, await File.ReadAllBytesAsync(pack, cancellation));
        if (!unpacked.Succeeded) throw new GitException(string.Join(' ', command), user.Root, unpacked);
    }
}
