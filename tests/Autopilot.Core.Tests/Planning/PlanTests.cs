using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Planning;

public class PlanTests
{
    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(1, 1, 1, 4)]
    [InlineData(3, 5, 1, 6)]
    [InlineData(6, 10, 1, 8)]
    [InlineData(6, 10, 5, 6)]
    public void Ambition_grows_with_units_files_and_importance(int units, int files, int priority, int expected)
    {
        var plan = Enumerable.Range(0, units).Select(i => new PlannedUnit { Id = $"u{i}", Title = "t", Priority = priority, Files = i == 0 ? [.. Enumerable.Range(0, files).Select(f => $"f{f}")] : [] });
        Assert.Equal(expected, Ambition.Score([.. plan]));
    }

    [Fact]
    public void A_sound_answer_has_no_problems()
    {
        var answer = new PlanAnswer { Units = [new() { Title = "a" }, new() { Title = "b", DependsOn = [0], Specialist = "debugger", Uncertainty = 0.5 }] };
        Assert.Empty(PlanCheck.Problems(answer, 5));
    }

    public static TheoryData<PlanAnswer, string> Wrong() => new()
    {
        { new PlanAnswer(), "neither" },
        { new PlanAnswer { Scopes = ["a"], Units = [new() { Title = "b" }] }, "not both" },
        { new PlanAnswer { NothingLeft = true, Scopes = ["a"] }, "yet there is work" },
        { new PlanAnswer { Scopes = ["a", "b", "c"] }, "at most 2" },
        { new PlanAnswer { Units = [new()] }, "no title" },
        { new PlanAnswer { Units = [new() { Title = "a", DependsOn = [0] }] }, "itself" },
        { new PlanAnswer { Units = [new() { Title = "a", DependsOn = [4] }] }, "not in the list" },
        { new PlanAnswer { Units = [new() { Title = "a", Priority = 0 }] }, "priority" },
        { new PlanAnswer { Units = [new() { Title = "a", Uncertainty = double.NaN }] }, "uncertainty" },
        { new PlanAnswer { Units = [new() { Title = "a", Specialist = "wizard" }] }, "wizard" },
        { new PlanAnswer { Units = [new() { Title = "a", Criteria = [new("it holds"), new("", " ")] }] }, "a criterion without" },
        { new PlanAnswer { Units = [new() { Title = "a", Files = ["../x"] }] }, "not inside" },
        { new PlanAnswer { Units = [new() { Title = "a", Files = ["/etc/passwd"] }] }, "not inside" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said(PlanAnswer answer, string part) =>
        Assert.Contains(PlanCheck.Problems(answer, 2), p => p.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void Numbering_turns_places_into_ids()
    {
        var units = PlanTree.Number(new PlanAnswer { Units = [new() { Title = "a", Files = ["./x.cs", "x.cs"] }, new() { Title = "b", DependsOn = [0] }] }, "u", 7);
        Assert.Equal(["u7", "u8"], units.Select(u => u.Id));
        Assert.Equal(["x.cs"], units[0].Files);
        Assert.Equal(["u7"], units[1].DependsOn);
    }
}
