using Autopilot.Core.Governance;
using Autopilot.Git.Repository;
using Autopilot.Testing;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>What a loop shows of its work moves a branch of the user's: not without a permit.</summary>
public sealed class LoopPublishPermitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_loop_publishes_under_a_permit_and_nothing_where_it_is_refused(bool inPlace)
    {
        var governor = new AskedGovernor { Refuses = true };
        using var checkout = await UserCheckout.Create();
        checkout.Governor = governor;
        using var space = inPlace ? checkout.InPlace() : checkout.Beside();
        var begun = await space.Begin(CancellationToken.None);
        var user = await UserRepository.Require(checkout.Git, checkout.Root, CancellationToken.None);
        await Assert.ThrowsAsync<PermitRefusedException>(() => space.Publish(begun, CancellationToken.None));
        Assert.Null(await user.Resolve("refs/heads/autopilot/loop", CancellationToken.None));
        governor.Refuses = false;
        await space.Publish(begun, CancellationToken.None);
        Assert.NotNull(await user.Resolve("refs/heads/autopilot/loop", CancellationToken.None));
        Assert.All(governor.Asked, asked => Assert.True(asked is { Kind: "merge", RunId: "run", SpendsMoney: false }));
    }
}
