namespace Autopilot.Git.Repository;

/// <summary>Hears of what was done to a hub from outside.</summary>
/// <param name="Show">Tells the user, in a sentence.</param>
/// <param name="Count">Counts a file that was put back, by a name and labels.</param>
public sealed record HubWatch(Action<string> Show, Action<string, string> Count);
