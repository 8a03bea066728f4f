using System.Text.Json.Serialization;

namespace Autopilot.Core.Missions.Speculating;

/// <summary>Where a rival is on its way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RivalStatus>))]
public enum RivalStatus
{
    /// <summary>Waits for a worker.</summary>
    Waiting,
    Working,
    /// <summary>Left a commit, which is not judged yet.</summary>
    Committed,
    /// <summary>Passed all gates.</summary>
    Passed,
    /// <summary>Failed, or was sent back by a gate.</summary>
    Out,
}
