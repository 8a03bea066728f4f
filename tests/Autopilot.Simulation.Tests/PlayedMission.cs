using Autopilot.Core.Missions;
using Autopilot.Workflows.Missions;

namespace Autopilot.Simulation.Tests;

/// <summary>A mission of a chain, as the store has it.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Start">Before its first fact.</param>
internal sealed record PlayedMission(int Number, MissionRequest Request, MissionState Start, SimulatedRun Run)
{
    public string Id => Run.Id;

    /// <summary>How it ended; null while it has not.</summary>
    public MissionState? End { get; set; }

    public bool IsOver => End is not null;

    /// <summary>What it proposed at its end; null when it was not asked.</summary>
    public Outlook? Outlook { get; set; }

    /// <summary>How long it took, without the time in which it waited for a person.</summary>
    public TimeSpan Took { get; set; }
}
