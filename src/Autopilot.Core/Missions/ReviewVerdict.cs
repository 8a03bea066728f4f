using System.Text.Json.Serialization;

namespace Autopilot.Core.Missions;

/// <summary>What the gate before the merge decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewVerdict>))]
public enum ReviewVerdict
{
    Accepted,
    /// <summary>Again, with the remarks.</summary>
    Retry,
    /// <summary>Never in this form: dishonest work.</summary>
    Rejected,
    /// <summary>A person says whether it goes on; then it is judged once more, by what they did not look at.</summary>
    Ask,
}
