using Autopilot.Core.Governance;

namespace Autopilot.Core.Tests.Governance;

public class DegradationTests
{
    private const long MiB = 1 << 20;
    private static readonly DegradationInputs Plenty = new(0, 0, 0, 8000 * MiB, 8000 * MiB);
    private static readonly ResourceThresholds Thresholds = new(400 * MiB, 500 * MiB);

    public static TheoryData<DegradationInputs, DegradationLevel> Causes() => new()
    {
        { Plenty, DegradationLevel.Full },
        { Plenty with { BudgetUsed = 0.799 }, DegradationLevel.Full },
        { Plenty with { BudgetUsed = 0.8 }, DegradationLevel.FewerWorkers },
        { Plenty with { RateLimits = 2 }, DegradationLevel.Full },
        { Plenty with { RateLimits = 3 }, DegradationLevel.FewerWorkers },
        { Plenty with { FreeMemory = 799 * MiB }, DegradationLevel.FewerWorkers },
        { Plenty with { FreeMemory = null, FreeDisk = null }, DegradationLevel.Full },
        { Plenty with { BudgetUsed = 0.9 }, DegradationLevel.NoSpeculation },
        { Plenty with { OpenBreakers = 1 }, DegradationLevel.NoSpeculation },
        { Plenty with { BudgetUsed = 0.95 }, DegradationLevel.NoOptionalReviews },
        { Plenty with { FreeDisk = 499 * MiB }, DegradationLevel.ReadOnly },
        { Plenty with { FreeDisk = 124 * MiB }, DegradationLevel.SafeStop },
        { Plenty with { BudgetUsed = 1 }, DegradationLevel.SafeStop },
        { new DegradationInputs(0.95, 9, 3, 1, 499 * MiB), DegradationLevel.ReadOnly },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void The_worst_cause_sets_the_level(DegradationInputs inputs, DegradationLevel level) =>
        Assert.Equal(level, Degradation.Next(DegradationLevel.Full, inputs, Thresholds).Level);

    [Theory]
    [InlineData(0.79, DegradationLevel.FewerWorkers)]
    [InlineData(0.751, DegradationLevel.FewerWorkers)]
    [InlineData(0.749, DegradationLevel.Full)]
    public void A_level_is_left_only_with_a_margin(double used, DegradationLevel next) =>
        Assert.Equal(next, Degradation.Next(DegradationLevel.FewerWorkers, Plenty with { BudgetUsed = used }, Thresholds).Level);

    [Theory]
    [InlineData(DegradationLevel.Full, 5, 5, true, true, true)]
    [InlineData(DegradationLevel.FewerWorkers, 5, 2, true, true, true)]
    [InlineData(DegradationLevel.FewerWorkers, 1, 1, true, true, true)]
    [InlineData(DegradationLevel.NoSpeculation, 8, 4, false, true, true)]
    [InlineData(DegradationLevel.NoOptionalReviews, 8, 4, false, false, true)]
    [InlineData(DegradationLevel.ReadOnly, 8, 4, false, false, false)]
    [InlineData(DegradationLevel.SafeStop, 8, 0, false, false, false)]
    public void Each_level_has_its_effect_and_those_before_it(DegradationLevel level, int configured, int workers, bool speculation, bool reviews, bool writing) =>
        Assert.Equal(
            (workers, speculation, reviews, writing),
            (Degradation.Workers(level, configured), Degradation.AllowsSpeculation(level), Degradation.AllowsOptionalReviews(level), Degradation.AllowsWriting(level)));
}
