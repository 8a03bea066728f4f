using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Testing;
using Autopilot.Workflows.Loops.Importing;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>What autoloop and its predecessor left is read as they wrote it.</summary>
public sealed class ImportingTests : IDisposable
{
    private const string Task = ".autoloop/tasks/add-x-12345678";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_was_killed_can_be_resumed_with_what_it_finished()
    {
        Run(Task, "run-20260429T101112Z-1a2b3c4d", "Add x.",
            Event("run_started"),
            """{"event_type":"pair_completed","pair":"plan","phase_id":null,"cycle":1}""",
            """{"event_type":"pair_completed","pair":"implement","phase_id":"one","cycle":2}""",
            """{"event_type":"pair_completed","pair":"implement","phase_id":"one","cycle":2}""",
            """{"event_type":"pair_comple""");
        folder.Write(Task + "/runs/run-20260429T101112Z-1a2b3c4d/artifacts/plan/phase_plan.yaml", LoopWorld.Plan);
        var run = Assert.Single(AutoloopState.Runs(folder.Path));
        Assert.Equal(("add-x-12345678", "running", "Add x.", true), (run.TaskId, run.Status, run.Request, run.IsResumable));
        Assert.Equal(["plan", "implement/one"], run.Done);
        Assert.Contains("phase_id: two", run.Plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("blocked")]
    [InlineData("failed")]
    [InlineData("fatal_error")]
    [InlineData("interrupted")]
    [InlineData("needs_followup")]
    public void A_run_that_came_to_an_end_is_over(string status)
    {
        Run(Task, "run-1", "Add x.", Event("run_started"), $$"""{"event_type":"run_finished","status":"{{status}}","exit_code":1}""");
        var run = Assert.Single(AutoloopState.Runs(folder.Path));
        Assert.Equal((status, false), (run.Status, run.IsResumable));
    }

    [Fact]
    public void A_chain_of_follow_ups_is_listed_in_its_order_and_only_its_open_end_goes_on()
    {
        Run(Task, "run-20260429T101112Z-aaaaaaaa", "Add x.", Event("run_started"), """{"event_type":"auto_followup_scheduled","followup_run_id":"run-20260429T111112Z-bbbbbbbb"}""", """{"event_type":"run_finished","status":"needs_followup"}""", """{"event_type":"auto_followup_launched"}""");
        Run(Task, "run-20260429T111112Z-bbbbbbbb", "Add the rest of x.", """{"event_type":"run_started","parent_run_id":"run-20260429T101112Z-aaaaaaaa","followup_depth":1}""");
        var runs = AutoloopState.Runs(folder.Path);
        Assert.Equal(["needs_followup", "running"], runs.Select(r => r.Status));
        Assert.Equal(["Add x.", "Add the rest of x."], runs.Select(r => r.Request));
        foreach (var run in runs) Assert.Equal(runs, AutoloopState.ChainOf(run, runs));
    }

    [Fact]
    public void What_is_written_of_parents_may_lead_in_a_circle_or_nowhere()
    {
        Run(Task, "run-1", "One.", """{"event_type":"run_started","parent_run_id":"run-2"}""");
        Run(Task, "run-2", "Two.", """{"event_type":"run_started","parent_run_id":"run-1"}""");
        Run(Task, "run-3", "Three.", """{"event_type":"run_started","parent_run_id":"run-0"}""");
        var runs = AutoloopState.Runs(folder.Path);
        Assert.Equal(2, AutoloopState.ChainOf(runs[0], runs).Count);
        Assert.Equal([runs[2]], AutoloopState.ChainOf(runs[2], runs));
    }

    [Fact]
    public void The_ledger_is_read_as_it_was_written_and_a_block_without_text_says_nothing()
    {
        Run(Task, "run-1", "One.", Event("run_started"));
        folder.Write(Task + "/runs/run-1/decisions.txt", """
            <autoloop-decisions-header version="1" block_seq="1" owner="planner" phase_id="task-global" pair="plan" turn_seq="1" run_id="run-1" ts="2026-04-29T10:11:12+00:00" />
            Use &lt;b&gt;.
            And more.
            <autoloop-decisions-header version="1" block_seq="2" owner="implementer" phase_id="one" pair="implement" turn_seq="1" run_id="run-1" ts="2026-04-29T10:12:12+00:00" />
            <superloop-decisions-header version="1" block_seq="3" owner="runtime" phase_id="a &quot;b&quot;" pair="implement" turn_seq="2" run_id="run-1" ts="nonsense" entry="answers" qa_seq="1" source="auto"/>
            Blue
            <autoloop-decisions-header version="1" owner="planner" pair="plan" run_id="run-0" />
            Of another run.
            """);
        var ledger = Assert.Single(AutoloopState.Runs(folder.Path)).Ledger;
        Assert.Equal(
            [
                new("planner", "plan", null, "run-1", "decision", null, DateTimeOffset.Parse("2026-04-29T10:11:12+00:00", System.Globalization.CultureInfo.InvariantCulture), "Use &lt;b&gt;.\nAnd more."),
                new("runtime", "implement", "a \"b\"", "run-1", "answer", "auto", DateTimeOffset.UnixEpoch, "Blue"),
            ],
            ledger);
    }

    [Fact]
    public void A_run_that_was_resumed_is_open_again_and_the_predecessors_state_is_read_too()
    {
        Run(".superloop/tasks/old", "run-1", "Old.", Event("run_started"), """{"event_type":"run_finished","status":"failed"}""", Event("run_resumed"), "[]", "nonsense");
        folder.Write(".superloop/tasks/old/plan/phase_plan.yaml", LoopWorld.Plan);
        var run = Assert.Single(AutoloopState.Runs(folder.Path));
        Assert.Equal(("old", "running", LoopWorld.Plan), (run.TaskId, run.Status, run.Plan));
    }

    [Fact]
    public void A_run_without_events_or_request_is_listed_all_the_same()
    {
        Directory.CreateDirectory(folder[Task + "/runs/run-1"]);
        var run = Assert.Single(AutoloopState.Runs(folder.Path));
        Assert.Equal(("", 0, null), (run.Request, run.Done.Count, run.Plan));
        Assert.Empty(AutoloopState.Runs(folder["nowhere"]));
    }

    [Fact]
    public void A_configuration_is_told_in_our_words_and_what_is_lost_stands_there_as_a_comment()
    {
        var file = folder.Write("autoloop.yaml", "provider:\n  name: claude\n  claude: {model: opus, effort: high}\nruntime:\n  pairs: plan,implement\n  max_iterations: 7\n  full_auto_answers: true\n  track_autoloop_artifacts: false\n");
        Assert.Equal(file, AutoloopConfiguration.Find(folder.Path));
        var text = AutoloopConfiguration.Translate(file);
        Assert.Contains("roles: { default: { agent: claude, model: opus } }", text, StringComparison.Ordinal);
        Assert.Contains("  pairs: [plan,implement]\n  max_iterations: 7\n  full_auto_answers: true\n", text, StringComparison.Ordinal);
        Assert.Contains("# provider.claude.effort: high has no counterpart here.", text, StringComparison.Ordinal);
        Assert.Contains("# runtime.track_autoloop_artifacts: false has no counterpart here.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoloop.config", "provider: {model: gpt-5.4}", "roles: { default: { agent: codex, model: gpt-5.4 } }")]
    [InlineData("superloop.yaml", "{}", "roles: { default: codex }")]
    [InlineData("superloop.config", "provider: {name: claude, model: gpt}", "roles: { default: claude }")]
    public void Every_name_and_the_older_flat_keys_are_read(string name, string content, string expected)
    {
        folder.Write(name, content);
        Assert.Contains(expected, AutoloopConfiguration.Translate(AutoloopConfiguration.Find(folder.Path)!), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_configurations_or_one_that_is_no_yaml_are_refused()
    {
        var file = folder.Write("autoloop.yaml", "provider: [");
        Assert.Throws<ConfigurationException>(() => AutoloopConfiguration.Translate(file));
        folder.Write("superloop.yaml", "{}");
        Assert.Contains("autoloop.yaml, superloop.yaml", Assert.Throws<UserErrorException>(() => AutoloopConfiguration.Find(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Event(string type) => $$"""{"event_type":"{{type}}"}""";

    private void Run(string task, string run, string request, params IEnumerable<string> events)
    {
        folder.Write($"{task}/runs/{run}/request.md", request + "\n");
        folder.Write($"{task}/runs/{run}/events.jsonl", string.Join('\n', events));
    }
}
