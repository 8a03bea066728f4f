using Autopilot.Core.Missions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

/// <summary>Met needs the auditor's word and the facts.</summary>
public class MissionResultTests
{
    [Theory]
    [InlineData(true, MissionResult.Met, UnitStatus.Landed)]
    [InlineData(true, MissionResult.Met, UnitStatus.Landed, UnitStatus.Abandoned, UnitStatus.Blocked)]
    [InlineData(true, MissionResult.Met)]
    [InlineData(true, MissionResult.Nothing, UnitStatus.Abandoned)]
    [InlineData(true, MissionResult.Nothing, UnitStatus.Abandoned, UnitStatus.Blocked)]
    [InlineData(true, MissionResult.Nothing, UnitStatus.Pending)]
    [InlineData(false, MissionResult.Partial, UnitStatus.Landed)]
    [InlineData(false, MissionResult.Nothing)]
    [InlineData(null, MissionResult.Nothing)]
    public void The_word_of_the_auditor_does_not_stand_against_the_facts(bool? met, MissionResult expected, params UnitStatus[] units)
    {
        var state = new MissionState { Objective = "o", Base = "base", Green = "base", StartedAt = default, Settings = new MissionSettings(), ObjectiveMet = met };
        foreach (var (i, status) in units.Index())
            state = state with { Units = state.Units.Add($"u{i}", new UnitState(new PlannedUnit { Id = $"u{i}", Title = "t" }) { Status = status }) };
        if (units.Contains(UnitStatus.Landed)) state = state with { Landings = ["c"] };
        Assert.Equal(expected, MissionResults.Of(state));
    }
}
