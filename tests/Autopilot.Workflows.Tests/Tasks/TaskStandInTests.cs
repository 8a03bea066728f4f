using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;
using Autopilot.Core.Runs;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Testing;
using Autopilot.Workflows.Tasks;
using Autopilot.Workflows.Tests.Sessions;

namespace Autopilot.Workflows.Tests.Tasks;

/// <summary>A task whose agent's provider does not let it work, under the real governor.</summary>
public sealed class TaskStandInTests : IAsyncDisposable
{
    private static readonly AgentOutcome Quota = new() { Kind = OutcomeKind.Limited, Failure = FailureKind.NoQuota, Limit = LimitKind.Quota, Detail = "used up", CostUsd = 0 };
    private static readonly AgentOutcome Done = new() { Kind = OutcomeKind.Completed, Detail = "ok", FinalText = "done", SessionId = "s-2", CostUsd = 0.5m };

    private readonly TemporaryFolder folder = new();
    private readonly GovernedPlace place = new();
    private readonly RepositoryState state;
    private readonly Dictionary<string, Queue<AgentOutcome>> ends = new() { ["first"] = [], ["second"] = [] };
    private readonly List<(string Agent, AgentRequest Request)> asked = [];
    private readonly List<string?> notes = [];
    private AgentEvent[] does = [];
    private TaskDirections directions = new() { OriginalPrompt = "Build it with key abc." };

    public TaskStandInTests() => state = RepositoryState.Open(folder.Path, place.Clock);

    public async ValueTask DisposeAsync()
    {
        await state.DisposeAsync();
        await place.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_provider_that_is_limited_when_it_begins_is_stood_in_for()
    {
        Ends("first", Quota with { RetryAt = place.Clock.GetUtcNow().AddHours(1) });
        Ends("second", Done, Done);
        await Run();
        var result = await Run();
        Assert.Equal(["first", "second", "second"], Names);
        Assert.Equal(("second", "done"), (result.Agent, result.Outcome.FinalText));
        Assert.Equal("second", Recorded(result).Header!.Agent);
    }

    [Theory]
    [InlineData(FailureKind.NoQuota)]
    [InlineData(FailureKind.BadKey)]
    public async Task Who_is_turned_away_before_any_work_hands_the_very_task_over(FailureKind failure)
    {
        Ends("first", Quota with { Failure = failure, Limit = LimitKind.None, Kind = OutcomeKind.Failed });
        Ends("second", Done);
        var result = await Run();
        Assert.Equal(["first", "second"], Names);
        Assert.Equal(["Build it with key abc.", "Build it with key abc."], asked.Select(one => one.Request.Prompt));
        Assert.Equal((null, "small"), (asked[1].Request.ResumeSessionId, asked[1].Request.Model));
        Assert.NotEqual(asked[0].Request.NewSessionId, asked[1].Request.NewSessionId);
        Assert.Equal("second stands in for first, whose provider one is limited or down", notes[1]);
        var recorded = Recorded(result);
        Assert.Equal(("first", "second", "small", "ok"), (recorded.Header!.Agent, recorded.Agent, recorded.OrderedModel, recorded.Outcome!.Detail));
        Assert.Contains("second stands in for first", await File.ReadAllTextAsync(result.Recording), StringComparison.Ordinal);
        Assert.Equal(["one settled", "two settled"], await place.Permits());
    }

    [Fact]
    public async Task An_overload_hands_over_when_the_breaker_opens()
    {
        var busy = Quota with { Kind = OutcomeKind.Failed, Failure = FailureKind.Overload, Limit = LimitKind.None, Detail = "busy" };
        Ends("first", busy, busy, busy);
        Ends("second", Done);
        Assert.Equal("busy", (await Run()).Outcome.Detail);
        Assert.Equal("busy", (await Run()).Outcome.Detail);
        Assert.Equal("ok", (await Run()).Outcome.Detail);
        Assert.Equal(["first", "first", "first", "second"], Names);
    }

    [Fact]
    public async Task What_was_done_before_is_told_and_its_cost_counts()
    {
        does = [new AssistantText("I have read it."), new FileChanged("a.txt", "add")];
        Ends("first", Quota with { CostUsd = 0.25m });
        Ends("second", Done);
        var result = await Run();
        Assert.Equal(0.75m, result.Outcome.CostUsd);
        Assert.Contains("Build it with key abc.", asked[1].Request.Prompt, StringComparison.Ordinal);
        Assert.Contains("a.txt", asked[1].Request.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resume_goes_on_with_whoever_stood_in()
    {
        Ends("first", Quota);
        Ends("second", Done);
        var result = await Run();
        directions = new TaskDirections { NextPrompt = "Now test it." };
        Ends("second", Done with { FinalText = "tested" });
        var again = await Run(request => request with { Continues = result.Recording });
        Assert.Equal(("second", "tested"), (again.Agent, again.Outcome.FinalText));
        Assert.Equal(("second", "s-2", "Now test it."), (asked[^1].Agent, asked[^1].Request.ResumeSessionId, asked[^1].Request.Prompt));
    }

    [Fact]
    public async Task Nobody_stands_in_for_one_that_failed_of_itself()
    {
        Ends("first", Quota with { Kind = OutcomeKind.Failed, Failure = FailureKind.Unknown, Limit = LimitKind.None, Detail = "no" });
        Assert.Equal("no", (await Run()).Outcome.Detail);
        Assert.Equal(["first"], Names);
    }

    private IEnumerable<string> Names => asked.Select(one => one.Agent);

    private void Ends(string agent, params AgentOutcome[] outcomes)
    {
        foreach (var outcome in outcomes) ends[agent].Enqueue(outcome);
    }

    private static TrajectorySummary Recorded(TaskResult result) =>
        TrajectorySummary.Of(TrajectoryFile.Read(result.Recording, new ReadReport("recording")));

    private async Task<TaskResult> Run(Func<TaskRequest, TaskRequest>? with = null)
    {
        var request = new TaskRequest { Prompt = "Build it with key ***.", Agent = "first", Otherwise = [new("second", "small")], Folder = folder.Path, Slug = "build" };
        var engine = new RunEngine(state.Store, place.Clock);
        var id = await engine.Create(Flow, with?.Invoke(request) ?? request, "task", RunSettings.None);
        var ended = await engine.Execute(Flow, id, RunSettings.None, acceptDrift: false, CancellationToken.None);
        Assert.True(ended.State == RunState.Completed, $"{ended.State}: {ended.Error}");
        return Flow.ResultOf(ended);
    }

    private Workflow<TaskRequest, TaskResult> Flow => TaskWorkflow.Of(new TaskParts
    {
        Agents = name => new Player(this, name),
        Governor = place.Governor,
        Redactor = new SecretRedactor(new Redactor([])),
        Clock = place.Clock,
        RunFolder = state.FolderOf,
        Observer = new Notes(this),
        StopCause = () => null,
        Version = "test",
        Directions = directions,
    });

    private sealed class Player(TaskStandInTests test, string name) : IAgent
    {
        public string Name => name;

        public string Vendor => name == "first" ? "one" : "two";

        public AgentCapabilities Capabilities { get; } = new(Resumes: true, ReportsCost: true, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: false, SpendsMoney: true);

        public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
        {
            test.asked.Add((name, request));
            var outcome = test.ends[name].Dequeue();
            await observe(new SessionStarted(outcome.SessionId, null, null, []));
            foreach (var one in test.does) await observe(one);
            return outcome;
        }
    }

    private sealed class Notes(TaskStandInTests test) : ITaskObserver
    {
        public void Began(string agent, string folder, string recording, string? note) => test.notes.Add(note);

        public void Saw(AgentEvent value)
        {
            // The recording is looked at.
        }

        public void Ended(AgentOutcome outcome)
        {
            // The result is looked at.
        }
    }
}
