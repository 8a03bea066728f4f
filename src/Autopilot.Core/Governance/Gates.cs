namespace Autopilot.Core.Governance;

/// <summary>The gates at which runs ask a person; workflows may name further ones.</summary>
public static class Gates
{
    /// <summary>Before anything is pushed to a remote.</summary>
    public const string Push = "push";

    /// <summary>Before a change lands that is large by <see cref="Merging.LargeMerge"/>.</summary>
    public const string LargeMerge = "large_merge";

    /// <summary>Before a change goes on that pleases the checks, as <see cref="Review.HonestWork"/> sees it.</summary>
    public const string DishonestWork = "dishonest_work";
}
