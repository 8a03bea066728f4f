namespace Autopilot.Workflows.Missions;

/// <summary>Passes on what a person should know besides the facts: to the mission while one is there to write it down.</summary>
/// <param name="otherwise">Hears it while none is.</param>
public sealed class MissionNotices(Action<string> otherwise)
{
    private volatile Action<string> hear = otherwise;

    /// <param name="text">In a sentence or two.</param>
    public void Tell(string text) => hear(text);

    internal void TellTo(Action<string> mission) => hear = mission;
}
