using Autopilot.Git.Repository;

namespace Autopilot.Workflows.Loops.Spaces;

/// <summary>Where a loop in a git repository works.</summary>
/// <param name="Owner">Who holds the workspaces: the run, or a part of it that works by itself.</param>
/// <param name="Folder">Any folder of the user's repository.</param>
/// <param name="Below">The workspace's place in the repository, relative to its root; empty for the root.</param>
/// <param name="Home">Where Autopilot's own repository and its workspaces are, outside the user's tree.</param>
/// <param name="Operations">The log of changes to the user's refs.</param>
/// <param name="Branch">The run's branch, by its short name.</param>
public sealed record GitSpaceSettings(string Owner, string Folder, string Below, string Home, string Operations, string Branch)
{
    /// <summary>Hears what is done to that repository from outside; null for nobody.</summary>
    public HubWatch? Watch { get; init; }
}
