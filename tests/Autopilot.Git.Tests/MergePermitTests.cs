using Autopilot.Core.Governance;
using Autopilot.Git.Landing;

namespace Autopilot.Git.Tests;

/// <summary>No branch that others rely on moves without a permit.</summary>
public sealed class MergePermitTests
{
    [Fact]
    public async Task Green_moves_under_a_permit_that_costs_nothing()
    {
        using var scratch = await Scratch.Create();
        Assert.True(await scratch.Green.Advance(scratch.First, null, "land", CancellationToken.None));
        Assert.Equal([new PermitRequest { Kind = "merge", RunId = "run-1", Role = "merge", SpendsMoney = false }], scratch.Governor.Asked);
        Assert.Equal(1, scratch.Governor.Settled);
    }

    [Fact]
    public async Task Green_stays_where_it_is_when_the_governor_refuses()
    {
        using var scratch = await Scratch.Create();
        scratch.Governor.Refuses = true;
        await Assert.ThrowsAsync<PermitRefusedException>(() => scratch.Green.Advance(scratch.First, null, "land", CancellationToken.None));
        Assert.Null(await scratch.Green.Published(CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_pushed_when_the_governor_refuses()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run("user", "init", "-q", "--bare", scratch["remote"]);
        await scratch.Run("user", "remote", "add", "origin", scratch["remote"]);
        var remote = new RemoteBranch(scratch.NetworkGit, scratch.User, scratch.Hub, "origin", "green", TimeProvider.System, text => text, scratch.Gate);
        scratch.Governor.Refuses = true;
        await Assert.ThrowsAsync<PermitRefusedException>(() => remote.Push(scratch.First, CancellationToken.None));
        Assert.Empty(await scratch.Run("remote", "for-each-ref"));
        scratch.Governor.Refuses = false;
        Assert.Equal(PushEnd.Pushed, (await remote.Push(scratch.First, CancellationToken.None)).End);
        Assert.NotEmpty(await scratch.Run("remote", "for-each-ref"));
    }
}
