using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Tests.Runs;

public class NameTests
{
    private static readonly Workflow<int, int> Flow = RunFixture.Flow(_ => Task.FromResult(1));

    [Fact]
    public async Task A_name_belongs_to_one_run_whoever_asks_first()
    {
        await using var fixture = new RunFixture();
        var (one, other) = (fixture.Process(), fixture.Process());
        Assert.Null(await one.Named("after/x"));
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Create(i % 2 == 0 ? one : other, "after/x"))));
        Assert.Single(ids.Distinct());
        Assert.Equal(ids[0], Assert.Single(await other.List()).Id);
        Assert.Equal(ids[0], await other.Named("after/x"));
    }

    [Fact]
    public async Task Stores_opened_by_two_processes_agree()
    {
        await using var fixture = new RunFixture();
        await using var second = Store.Open(new SqliteDialect(Path.Combine(fixture.Folder, "autopilot.db")), fixture.Clock, RunSchema.Tables);
        var (one, other) = (fixture.Process(), fixture.Process(store: second));
        var ids = await Task.WhenAll(Task.Run(() => Create(one, "after/x")), Task.Run(() => Create(other, "after/x")));
        Assert.Equal(ids[0], ids[1]);
        Assert.Single(await one.List());
    }

    [Fact]
    public async Task Runs_without_a_name_are_as_many_as_are_asked_for()
    {
        await using var fixture = new RunFixture();
        var engine = fixture.Process();
        Assert.NotEqual(await Create(engine, null), await Create(engine, null));
        Assert.Equal(2, (await engine.List()).Count);
    }

    private static Task<string> Create(RunEngine engine, string? name) => engine.Create(Flow, 1, "t", RunSettings.None, name);
}
