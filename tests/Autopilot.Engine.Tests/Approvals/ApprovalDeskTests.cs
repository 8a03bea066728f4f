using Autopilot.Core.Runs;
using Autopilot.Engine.Approvals;
using Autopilot.Engine.Runs;
using Autopilot.Engine.Tests.Runs;

namespace Autopilot.Engine.Tests.Approvals;

/// <summary>A step's body puts questions, goes on meanwhile, and lets its process end when only answers are missing.</summary>
public sealed class ApprovalDeskTests
{
    private static readonly Question Merge = new("large_merge", "May I merge?", null, ["approve", "deny"], TimeSpan.FromHours(1));

    [Fact]
    public async Task A_body_that_only_waits_costs_no_process_and_is_due_when_one_of_its_questions_is_answered()
    {
        await using var fixture = new RunFixture();
        var desk = Desk(fixture);
        var flow = Asks(desk);
        var asked = await fixture.Process().Start(flow, 0, "", RunSettings.None, default);
        Assert.Equal((RunState.Waiting, "b"), (asked.State, asked.WaitingFor));
        Assert.Empty(await fixture.Process().Due());
        Assert.Equal(RunState.Waiting, (await Resume(fixture, flow, asked)).State);

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Give(asked.RunId, "a", "approve", "user", "");
        Assert.Equal([asked.RunId], await fixture.Process().Due());
        Assert.Equal(RunState.Waiting, (await Resume(fixture, flow, asked)).State);
        await desk.Give(asked.RunId, "b", "deny", "user", "no");
        Assert.Equal("approve by user, deny by user", flow.ResultOf(await Resume(fixture, flow, asked)));
        Assert.Empty(await fixture.Process().Due());
    }

    [Fact]
    public async Task An_answer_that_was_taken_in_does_not_make_the_run_due_again()
    {
        await using var fixture = new RunFixture();
        var desk = Desk(fixture);
        var flow = RunFixture.Flow(async run =>
        {
            await run.Step("first", null, async _ => (await desk.Put(run.Id, "a", Merge)).Answer is { } given ? given.Value : throw new RunSuspendedException("a", null));
            return await run.Step("second", null, async _ => (await desk.Put(run.Id, "b", Merge)).Answer is { } given ? given.Value : throw new RunSuspendedException("b", null));
        });
        var asked = await fixture.Process().Start(flow, 0, "", RunSettings.None, default);
        await desk.Give(asked.RunId, "a", "approve", "user", "");
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("b", (await Resume(fixture, flow, asked)).WaitingFor);
        Assert.Empty(await fixture.Process().Due());
    }

    [Fact]
    public async Task A_question_is_put_once_and_silence_denies_it_though_it_does_not_say_so_itself()
    {
        await using var fixture = new RunFixture();
        var desk = Desk(fixture);
        var id = (await fixture.Process().Start(Asks(desk), 0, "", RunSettings.None, default)).RunId;
        var first = await desk.Look(id, "a");
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(first, await desk.Put(id, "a", Merge with { Text = "another" }), (x, y) => (x.AskedAt, x.DueAt, x.Question.Text) == (y.AskedAt, y.DueAt, y.Question.Text));
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["deny by timeout", "deny by timeout"], (await desk.LookAtAll(id)).Select(q => $"{q.Answer?.Value} by {q.Answer?.By}"));
        Assert.Equal("deny", (await desk.Give(id, "a", "approve", "user", "too late")).Answer!.Value);
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("approve")]
    public async Task What_nobody_answered_in_time_is_not_open_and_takes_no_answer_any_more(string onTimeout)
    {
        await using var fixture = new RunFixture();
        var gates = new Dictionary<string, GateRule> { ["large_merge"] = new(TimeSpan.FromSeconds(3), onTimeout) };
        var requests = new ApprovalRequests(Path.Combine(fixture.Folder, "approvals"));
        var id = (await fixture.Process().Start(Asks(new ApprovalDesk(fixture.Store, fixture.Clock, new RunEngineOptions { Gates = gates })), 0, "", RunSettings.None, default)).RunId;
        // As a command has it, which knows no gates.
        var desk = new ApprovalDesk(fixture.Store, fixture.Clock, new RunEngineOptions { Requests = requests });
        Assert.Equal(["a", "b"], (await desk.Open()).Select(asked => asked.Key));
        Assert.True(File.Exists(requests.FileOf(id, "a")));
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        var given = await new QuestionTable(fixture.Store, fixture.Clock).Give(id, "a", onTimeout == "deny" ? "approve" : "deny", "user", null);

        Assert.Equal((onTimeout, Answer.Timeout), (given.Value, given.By));
        Assert.Empty(await desk.Open());
        Assert.False(File.Exists(requests.FileOf(id, "b")));
        Assert.Equal((onTimeout, Answer.Timeout), ((await desk.Find(id, "b"))!.Answer!.Value, (await desk.Find(id, "b"))!.Answer!.By));
        Assert.Null(await desk.Find(id, "c"));
    }

    private static ApprovalDesk Desk(RunFixture fixture) => new(fixture.Store, fixture.Clock, new RunEngineOptions());

    private static Task<RunOutcome> Resume(RunFixture fixture, Workflow flow, RunOutcome outcome) =>
        fixture.Process().Execute(flow, outcome.RunId, RunSettings.None, acceptDrift: false, default);

    private static Workflow<int, string> Asks(ApprovalDesk desk) => RunFixture.Flow(run => run.Step("work", null, async _ =>
    {
        var (a, b) = (await desk.Put(run.Id, "a", Merge), await desk.Put(run.Id, "b", Merge));
        if (a.Answer is null || b.Answer is null) throw new RunSuspendedException("b", null);
        return $"{a.Answer.Value} by {a.Answer.By}, {b.Answer.Value} by {b.Answer.By}";
    }));
}
