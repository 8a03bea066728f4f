using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;

namespace Autopilot.Composition;

/// <summary>The user's repository, and what is ours beside it.</summary>
internal sealed record RepositoryPlace(UserRepository User, Hub Hub, WorkspacePool Pool, OperationLog Operations)
{
    /// <exception cref="Autopilot.Core.UserErrorException">The folder is in no repository.</exception>
    public static async Task<RepositoryPlace> Open(Application application, Workplace place, CancellationToken cancellation)
    {
        var user = await place.User(cancellation);
        var outside = application.Places.WorkspacesOf(place.Root);
        var hub = await Hub.Open(place.Git, user, Path.Combine(outside, "hub.git"), cancellation, place.Watch);
        return new RepositoryPlace(
            user,
            hub,
            new WorkspacePool(hub, Path.Combine(outside, "pool"), application.Clock),
            new OperationLog(place.Git, user, Path.Combine(place.Root, ".autopilot", "operations.jsonl"), application.Clock));
    }
}
