using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Missions;

public class LearningTests
{
    [Fact]
    public void A_risk_is_told_from_five_samples_on_and_only_when_it_is_worth_a_word()
    {
        var table = new RiskTable([.. Outcomes("debugger", 4, 4), .. Outcomes("refactorer", 5, 2), .. Outcomes("simplifier", 10, 1)]);
        Assert.Equal(["refactorer"], table.Notable.Where(r => r.Dimension == "specialist").Select(r => r.Value));
        Assert.Equal("specialist refactorer: 40 % of 5 units did not land", table.Notable.Single(r => r.Dimension == "specialist").ToString());
    }

    [Theory]
    [InlineData(0, "0-1")]
    [InlineData(3, "2-3")]
    [InlineData(5, "4-5")]
    [InlineData(6, "6 or more")]
    public void Files_are_counted_in_buckets(int files, string bucket) =>
        Assert.Contains(("files", bucket), UnitOutcome.Features(null, files, false));

    [Fact]
    public void A_unit_hears_of_at_most_three_risks_of_its_own_kind_the_greatest_first()
    {
        var outcomes = Enumerable.Range(0, 10).Select(i => new UnitOutcome("debugger", i < 5 ? 6 : 1, true, i >= 5, 1, TimeSpan.FromMinutes(1)));
        var risks = new RiskTable(outcomes).Of(new PlannedUnit { Id = "u1", Title = "t", Specialist = "debugger", Files = ["1", "2", "3", "4", "5", "6"], DependsOn = ["u0"] });
        Assert.Equal(["files", "depends on others", "specialist"], risks.Select(r => r.Dimension));
        Assert.Empty(new RiskTable(outcomes).Of(new PlannedUnit { Id = "u1", Title = "t" }));
    }

    [Fact]
    public void An_estimate_rests_on_earlier_units_and_unknown_stays_unknown()
    {
        PlannedUnit[] units = [Unit("a"), Unit("b"), Unit("c"), Unit("d", "a")];
        Assert.Null(PlanEstimate.Of(units, 2, []));
        var free = PlanEstimate.Of(units, 2, [new UnitOutcome(null, 1, false, true, 0, TimeSpan.FromMinutes(4))])!;
        Assert.Equal((null, TimeSpan.FromMinutes(12)), (free.TotalUsd, free.TotalTime));
        var priced = PlanEstimate.Of(units, 3, [new UnitOutcome(null, 1, false, true, 0.5m, TimeSpan.FromMinutes(2)), new UnitOutcome(null, 1, false, false, 1.5m, TimeSpan.FromMinutes(4))])!;
        Assert.Equal((4m, TimeSpan.FromMinutes(6), 2), (priced.TotalUsd, priced.TotalTime, priced.Samples));
    }

    [Fact]
    public void What_is_relevant_shares_words_with_the_unit()
    {
        var unit = new PlannedUnit { Id = "u1", Title = "Export orders to CSV", Files = ["src/Orders/Export.cs"] };
        string[] lessons = ["the parser of dates is slow", "u2 reported: Export.cs needs the invariant culture for CSV", "orders have no currency"];
        Assert.Equal([lessons[1], lessons[2]], Relevance.Pick(lessons, unit, 5));
        Assert.Equal([lessons[1]], Relevance.Pick(lessons, unit, 1));
    }

    private static IEnumerable<UnitOutcome> Outcomes(string specialist, int count, int failed) =>
        Enumerable.Range(0, count).Select(i => new UnitOutcome(specialist, 1, false, i >= failed, 1, TimeSpan.Zero));

    private static PlannedUnit Unit(string id, params string[] dependsOn) => new() { Id = id, Title = "t", DependsOn = dependsOn };
}
