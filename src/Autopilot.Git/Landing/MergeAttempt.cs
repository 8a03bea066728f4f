using Autopilot.Core.Merging;

namespace Autopilot.Git.Landing;

/// <summary>The result of merging one commit into another, made without any checkout.</summary>
/// <param name="Tree">What git made of it: of a conflict, the files with both sides between markers.</param>
/// <param name="Commit">The merge; null on a conflict.</param>
/// <param name="Conflicts">The paths in conflict; empty when merged.</param>
/// <param name="Detail">What git says about the conflicts.</param>
public sealed record MergeAttempt(string Tree, CommitId? Commit, IReadOnlyList<string> Conflicts, string Detail)
{
    public bool Merged => Commit is not null;
}
