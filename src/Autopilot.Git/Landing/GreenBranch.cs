using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;

namespace Autopilot.Git.Landing;

/// <summary>The branch in the user's repository that only ever points at a tree that passed verification, exactly as tested.</summary>
/// <param name="branch">Its short name, such as <c>autopilot/green</c>.</param>
/// <param name="start">A commit that the user's repository has with all before it: what comes after it is brought there.</param>
/// <param name="gate">Passed each time it moves.</param>
public sealed class GreenBranch(UserRepository user, Hub hub, OperationLog operations, string branch, CommitId start, MergeGate gate)
{
    /// <summary>The full name of the ref in the user's repository.</summary>
    public string Ref { get; } = "refs/heads/" + branch;

    /// <summary>Where it is in the user's repository; null when it does not exist.</summary>
    public Task<CommitId?> Published(CancellationToken cancellation) => user.Resolve(Ref, cancellation);

    /// <summary>Brings a verified commit into the user's repository and moves the branch there.</summary>
    /// <param name="expected">Where it must be now; null when it must not exist.</param>
    /// <returns>False when somebody else moved it.</returns>
    /// <exception cref="UserErrorException">The user has it checked out: moving it would make that checkout look changed.</exception>
    /// <exception cref="PermitRefusedException">The governor refuses it.</exception>
    public Task<bool> Advance(CommitId to, CommitId? expected, string reason, CancellationToken cancellation) =>
        gate.Pass(() => Move(to, expected, reason, cancellation), cancellation);

    private async Task<bool> Move(CommitId to, CommitId? expected, string reason, CancellationToken cancellation)
    {
        if (IsCheckedOut() && (await user.CheckedOutBranches(cancellation)).Contains(Ref))
            throw new BranchInUseException(branch);
        await new Delivery(hub, user).Bring(to, expected ?? start, cancellation);
        return await operations.Move("land", Ref, to, expected, reason, cancellation);
    }

    // Reading two kinds of small files is cheaper than asking git at each landing.
    private bool IsCheckedOut()
    {
        var heads = new List<string> { Path.Combine(user.CommonFolder, "HEAD") };
        var worktrees = Path.Combine(user.CommonFolder, "worktrees");
        if (Directory.Exists(worktrees)) heads.AddRange(Directory.EnumerateDirectories(worktrees).Select(w => Path.Combine(w, "HEAD")));
        return heads.Any(h => File.Exists(h) && File.ReadAllText(h).Trim() == "ref: " + Ref);
    }
}
