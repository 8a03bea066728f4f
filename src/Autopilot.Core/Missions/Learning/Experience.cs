using Autopilot.Core.Missions.Chaining;

namespace Autopilot.Core.Missions.Learning;

/// <summary>What the earlier missions of a repository teach the present one.</summary>
/// <param name="newestFirst">Those missions.</param>
public sealed class Experience(IReadOnlyList<PastMission> newestFirst)
{
    public static Experience None { get; } = new([]);

    /// <summary>Which kinds of units often did not land.</summary>
    public RiskTable Risks { get; } = new(newestFirst.SelectMany(m => m.Outcomes));

    /// <summary>What workers discovered or worried about, and what did not land and why; the oldest first.</summary>
    public IReadOnlyList<string> Lessons { get; } = [.. newestFirst.SelectMany(m => m.Lessons.Concat(m.Left.Select(l => $"did not land: {l}"))).Distinct(StringComparer.Ordinal).Reverse()];
}
