using Autopilot.Core.Governance;
using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions;

/// <summary>Brings the governor's level to a running mission.</summary>
public sealed class MissionLevel(IDegradation degradation, Action<MissionFact> post)
{
    private DegradationLevel? brought;

    /// <summary>Brings the level if the mission does not know it yet.</summary>
    public async Task Look(MissionState state)
    {
        var (level, reason) = await degradation.Level();
        if (level == (brought ?? state.Level)) return;
        brought = level;
        post(new LevelChanged(level, reason));
    }
}
