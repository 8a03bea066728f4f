namespace Autopilot.Workflows.Missions.Pushing;

/// <summary>Where green is pushed to.</summary>
/// <param name="Remote">The name of a remote of the user's repository.</param>
/// <param name="Branch">The branch there, short.</param>
public sealed record PushTarget(string Remote, string Branch)
{
    public string Name => $"{Remote}/{Branch}";
}
