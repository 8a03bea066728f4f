namespace Autopilot.Git.Landing;

/// <summary>How a push ended.</summary>
public enum PushEnd
{
    /// <summary>The remote's branch is at the commit.</summary>
    Pushed,
    /// <summary>The remote's branch has commits that the pushed one does not contain.</summary>
    Moved,
    /// <summary>A rule of the remote forbids it; a further try would change nothing.</summary>
    Refused,
    /// <summary>The remote could not be reached, or did not let us in, or not in time.</summary>
    Failed,
}
