using System.Text.Json.Serialization;

namespace Autopilot.Core.Governance;

/// <summary>How much is done while something runs short. Each level includes the effects of those before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DegradationLevel>))]
public enum DegradationLevel
{
    Full,
    /// <summary>Half the workers.</summary>
    FewerWorkers,
    /// <summary>No speculative attempts.</summary>
    NoSpeculation,
    /// <summary>Only the reviews that a merge requires.</summary>
    NoOptionalReviews,
    /// <summary>No new sessions that write and no merges.</summary>
    ReadOnly,
    /// <summary>Nothing new begins; what runs is ended in order.</summary>
    SafeStop,
}
