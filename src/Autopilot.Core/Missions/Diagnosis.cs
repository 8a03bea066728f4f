using System.Text.Json.Serialization;

namespace Autopilot.Core.Missions;

/// <summary>What kind of failure sent an attempt at a unit back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Diagnosis>))]
public enum Diagnosis
{
    /// <summary>None of the others is recognised.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
    /// <summary>It left no commit.</summary>
    [JsonStringEnumMemberName("nothing_done")]
    NothingDone,
    /// <summary>It could not be merged onto what had landed meanwhile.</summary>
    [JsonStringEnumMemberName("conflict")]
    Conflict,
    [JsonStringEnumMemberName("compile")]
    Compile,
    [JsonStringEnumMemberName("test")]
    Test,
    [JsonStringEnumMemberName("lint")]
    Lint,
    /// <summary>A command or the session took too long, or was silent.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout,
    /// <summary>A process was ended by a signal or died.</summary>
    [JsonStringEnumMemberName("crash")]
    Crash,
    /// <summary>Turns, tokens, money or the provider's quota were used up.</summary>
    [JsonStringEnumMemberName("quota")]
    Quota,
    /// <summary>A reviewer sent it back.</summary>
    [JsonStringEnumMemberName("review")]
    Review,
    /// <summary>One of the unit's own criteria does not hold.</summary>
    [JsonStringEnumMemberName("criterion")]
    Criterion,
    /// <summary>It pleases the checks instead of doing the work.</summary>
    [JsonStringEnumMemberName("dishonest")]
    Dishonest,
    /// <summary>A person did not let it be merged.</summary>
    [JsonStringEnumMemberName("denied")]
    Denied,
    /// <summary>The agent gave up.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,
}
