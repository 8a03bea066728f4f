using Autopilot.Git.Workspaces;

namespace Autopilot.Git.Repository;

/// <summary>git in a hub and in its workspaces: whatever an agent wrote there decides nothing of what our own commands do.</summary>
internal sealed class HubGit(IGit git, Hub hub, HubFiles files) : IGit
{
    public GitIdentity Identity => git.Identity;

    public Task<GitResult> Try(
        string folder,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        ReadOnlyMemory<byte>? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        files.Hold();
        if (folder != hub.Folder) new WorkspaceFolder(hub, folder).Require();
        return git.Try(folder, arguments, cancellation, input, environment);
    }
}
