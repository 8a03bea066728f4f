using Autopilot.Git.Repository;
using Autopilot.Git.Workspaces;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>The repositories of a loop, opened once per process.</summary>
internal sealed class GitRepositories(IGit git, GitSpaceSettings settings, TimeProvider clock)
{
    private OpenRepositories? opened;

    public async Task<OpenRepositories> Open(CancellationToken cancellation)
    {
        if (opened is not null) return opened;
        var user = await UserRepository.Require(git, settings.Folder, cancellation);
        var hub = await Hub.Open(git, user, Path.Combine(settings.Home, "hub.git"), cancellation, settings.Watch);
        await Exclude(user, hub, cancellation);
        return opened = new OpenRepositories(hub.Git, user, hub, new WorkspacePool(hub, Path.Combine(settings.Home, "pool"), clock));
    }

    /// <summary>What the user excludes stays excluded in the workspaces, and so do caches.</summary>
    private static async Task Exclude(UserRepository user, Hub hub, CancellationToken cancellation)
    {
        var own = Path.Combine(hub.Folder, "info", "exclude");
        var theirs = Path.Combine(user.CommonFolder, "info", "exclude");
        string[] lines = File.Exists(theirs) ? await File.ReadAllLinesAsync(theirs, cancellation) : [];
        var text = string.Join('\n', lines.Concat(CacheFiles.Patterns).Distinct(StringComparer.Ordinal)) + "\n";
        if (File.Exists(own) && await File.ReadAllTextAsync(own, cancellation) == text) return;
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        await File.WriteAllTextAsync(own, text, cancellation);
    }
}
