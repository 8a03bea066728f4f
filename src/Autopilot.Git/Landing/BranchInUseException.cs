using Autopilot.Core;

namespace Autopilot.Git.Landing;

/// <summary>The branch is checked out: moving it would change somebody's checkout under them.</summary>
/// <param name="branch">Its short name.</param>
public sealed class BranchInUseException(string branch)
    : UserErrorException($"The branch {branch} is checked out, so it cannot be moved without changing your checkout. Switch to another branch and resume.");
