using Autopilot.Core.Agents;
using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Tests.Loops;

public sealed class LoopWorkflowTests : IDisposable
{
    private readonly LoopWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_intent_goes_through_its_pairs_and_phases_and_a_gap_is_closed()
    {
        world.Says = (turn, _) => turn == "audit/1.1/produce" ? LoopWorld.Gaps : null;
        Assert.Equal(RunState.Completed, (await world.Run()).State);
        Assert.True(world.Result!.Audited);
        Assert.Equal(["needs_followup", "met"], world.Result.Rounds.Select(r => r.Status));
        Assert.Equal(
            ["plan/1.1/produce", "plan/1.1/verify", "implement/one/1.1/produce", "implement/one/1.1/verify", "test/one/1.1/produce", "test/one/1.1/verify", "implement/two/1.1/produce"],
            world.Turns.Take(7));
        Assert.Contains("f1/audit/1.1/verify", world.Turns);
        Assert.Equal(8, world.Checks);
        Assert.Contains("Add x.", world.Orders.First(o => o.Key.StartsWith("f1/plan", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
        Assert.Equal("Make it.", File.ReadAllText(Path.Combine(world.Folder, "request.md")).Trim());
        Assert.Equal("Add x.", File.ReadAllText(Path.Combine(world.Folder, "followups/1/request.md")).Trim());
        Assert.Contains("- [x] **correctness**", File.ReadAllText(Path.Combine(world.Folder, "artifacts/implement/phases/two/criteria.md")), StringComparison.Ordinal);
        Assert.Contains("Autopilot-Phase: two", world.Space.Points["implement/two/1.1/produce"], StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(world.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(world.Folder, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Producer_and_verifier_are_different_conversations_and_the_verifier_only_reads()
    {
        await world.Run();
        Assert.All(world.Orders.Where(o => o.Key.Contains("/verify", StringComparison.Ordinal)), o => Assert.Equal(AgentAccess.ReadOnly, o.Access));
        Assert.All(world.Orders.Where(o => o.Key.Contains("/verify", StringComparison.Ordinal)), o => Assert.EndsWith("inspect", o.Workspace, StringComparison.Ordinal));
        Assert.All(world.Orders, o => Assert.Null(o.Continues));
        Assert.All(world.Orders.Where(o => o.Key.Contains("/verify", StringComparison.Ordinal)), o => Assert.NotNull(o.AnswerSchema));
    }

    [Fact]
    public async Task Red_facts_make_complete_impossible_and_the_producer_continues_its_own_conversation()
    {
        world.IsGreen = check => check > 1;
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Contains("implement/one/2.1/produce", world.Turns);
        var second = world.Orders.First(o => o.Key.StartsWith("implement/one/2.1/produce", StringComparison.Ordinal));
        Assert.Equal("session-implement/one/1.1/produce", second.Continues);
        Assert.Equal(LoopWorld.UsageOfATurn, second.UsageBefore);
        Assert.Contains("The verification command failed", second.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_waits_without_a_process_and_its_answer_reaches_the_agent()
    {
        world.Says = (turn, _) => turn == "implement/one/1.1/produce" ? """<loop-control>{"schema":"docloop.loop_control/v1","kind":"question","question":"Red or blue?","best_supposition":"red"}</loop-control>""" : null;
        Assert.Equal("implement/one/1.1/question", (await world.Run()).WaitingFor);
        var before = world.Turns.Count;
        Assert.Equal("implement/one/1.1/question", (await world.Run()).WaitingFor);
        Assert.Equal(before, world.Turns.Count);
        await world.Run("Blue.");
        Assert.NotNull(world.Result);
        Assert.Contains("Blue.", world.Orders.First(o => o.Key.StartsWith("implement/one/1.2/produce", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
        Assert.Contains("> Blue.", File.ReadAllText(Path.Combine(world.Folder, "decisions.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_are_answered_with_the_best_supposition_up_to_a_cap()
    {
        world.Request = world.Request with { FullAutoAnswers = true, MaxQuestions = 2 };
        world.Says = (turn, _) => turn.StartsWith("plan/1.", StringComparison.Ordinal) && turn.EndsWith("/produce", StringComparison.Ordinal)
            ? """<loop-control>{"schema":"docloop.loop_control/v1","kind":"question","question":"Again?","best_supposition":"yes, again"}</loop-control>""" : null;
        Assert.Equal("plan/1.3/blocked", (await world.Run()).WaitingFor);
        Assert.Contains("> yes, again", File.ReadAllText(Path.Combine(world.Folder, "decisions.md")), StringComparison.Ordinal);
        world.Says = (_, _) => null;
        await world.Run("Stop asking.");
        Assert.NotNull(world.Result);
    }

    [Fact]
    public async Task A_question_without_a_supposition_is_put_to_another_turn()
    {
        world.Request = world.Request with { FullAutoAnswers = true };
        world.Says = (turn, _) => turn switch { "plan/1.1/produce" => "<question>Which?</question>", "plan/1.1/answer" => "The second.", _ => null };
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Contains("The second.", world.Orders.First(o => o.Key.StartsWith("plan/1.2/produce", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocked_waits_for_help_and_redoes_no_finished_turn()
    {
        var blocked = true;
        world.Says = (turn, _) => turn == "test/one/1.1/verify" && blocked ? "No network.\n<promise>BLOCKED</promise>" : null;
        Assert.Equal("test/one/1.1/blocked", (await world.Run()).WaitingFor);
        Assert.Contains("\"status\":\"blocked\"", File.ReadAllText(Path.Combine(world.Folder, "run.json")), StringComparison.Ordinal);
        blocked = false;
        await world.Run("There is one now.");
        Assert.NotNull(world.Result);
        Assert.Equal(world.Turns.Count, world.Turns.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_invalid_plan_is_explained_once_and_then_the_run_stops_with_the_errors()
    {
        world.Says = (turn, workspace) =>
        {
            if (!turn.StartsWith("plan/1.1/produce", StringComparison.Ordinal)) return null;
            LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Plan.Replace("dependencies: [one]", "dependencies: [two]", StringComparison.Ordinal));
            return "Planned.";
        };
        Assert.Equal("plan/1.1/failed", (await world.Run()).WaitingFor);
        Assert.Contains("in a circle: two", world.Orders.Last().Prompt, StringComparison.Ordinal);
        Assert.Equal(["plan/1.1/produce", "plan/1.1/produce/repair"], world.Turns);
        await world.Run("Go on.");
        Assert.NotNull(world.Result);
    }

    [Theory]
    [InlineData("<loop-control>{}</loop-control>")]
    [InlineData("""<loop-control>{"schema":"docloop.loop_control/v2","kind":"promise","promise":"COMPLETE"}</loop-control>""")]
    [InlineData("""<loop-control>{"schema":"docloop.loop_control/v1","kind":"promise","promise":"COMPLETE"}</loop-control><loop-control>{"schema":"docloop.loop_control/v1","kind":"promise","promise":"COMPLETE"}</loop-control>""")]
    [InlineData("""<promise>COMPLETE</promise><loop-control>{"schema":"docloop.loop_control/v1","kind":"promise","promise":"BLOCKED"}</loop-control>""")]
    [InlineData("""{"criteria":[{"id":"made-up","met":true,"evidence":"x"}],"findings":[],"verdict":"complete"}""")]
    [InlineData("""<loop-control>{"schema":"docloop.loop_control/v1","kind":"promise","promise":"COMPLETE"}</loop-control> and more""")]
    public async Task A_malformed_report_is_repaired_once(string malformed)
    {
        world.Says = (turn, _) => turn == "plan/1.1/verify" ? malformed : null;
        await world.Run();
        Assert.NotNull(world.Result);
        var repair = world.Orders.First(o => o.Key.StartsWith("plan/1.1/verify/repair", StringComparison.Ordinal));
        Assert.Equal("session-plan/1.1/verify", repair.Continues);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("I looked at everything, and it is fine.")]
    [InlineData("The file has this line:\n> <promise>COMPLETE</promise>\nwhich is wrong.")]
    [InlineData("It ends with\n```\n<loop-control>{\"schema\":\"docloop.loop_control/v1\",\"kind\":\"promise\",\"promise\":\"BLOCKED\"}</loop-control>\n```\nand that is all.")]
    public async Task A_verdict_that_is_not_there_or_only_quoted_counts_as_incomplete(string answer)
    {
        world.Says = (turn, _) => turn == "plan/1.1/verify" ? answer : null;
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Contains("plan/2.1/produce", world.Turns);
        Assert.DoesNotContain("plan/1.1/verify/repair", world.Turns);
        Assert.Contains("missing_promise_default", File.ReadAllText(Path.Combine(world.Folder, "events.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_stays_malformed_stops_the_run_and_an_empty_one_counts_as_incomplete()
    {
        world.Says = (turn, _) => turn.StartsWith("plan/1.1/verify", StringComparison.Ordinal) ? "<promise>PERHAPS</promise>" : turn == "implement/one/1.1/verify" ? "" : null;
        Assert.Equal("plan/1.1/failed", (await world.Run()).WaitingFor);
        await world.Run("Go on.");
        Assert.NotNull(world.Result);
        Assert.Contains("implement/one/2.1/produce", world.Turns);
    }

    [Fact]
    public async Task A_phase_that_is_wrong_goes_back_to_planning_and_finished_phases_stay()
    {
        world.Says = (turn, workspace) =>
        {
            if (turn == "implement/two/1.1/verify") return LoopWorld.ReportOf(turn, "incomplete", "phase", met: false);
            if (turn != "again2/plan/1.1/produce") return null;
            LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Plan.Replace("title: Two", "title: Better", StringComparison.Ordinal).Replace("title: One", "title: Changed", StringComparison.Ordinal));
            return "Planned again.";
        };
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Contains("plan2/implement/two/1.1/produce", world.Turns);
        Assert.Single(world.Turns, "test/one/1.1/produce");
        Assert.DoesNotContain("plan2/implement/one/1.1/produce", world.Turns);
        var plan = File.ReadAllText(Path.Combine(world.Folder, "artifacts/plan/phase_plan.yaml"));
        Assert.Contains("Better", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cycles_end_at_their_cap_and_a_resume_grants_more()
    {
        world.Request = world.Request with { MaxIterations = 2 };
        world.IsGreen = check => check > 2;
        Assert.Equal("implement/one/2.1/limit", (await world.Run()).WaitingFor);
        await world.Run("Go on.");
        Assert.NotNull(world.Result);
    }

    [Fact]
    public async Task Gaps_beyond_the_cap_wait_for_a_word()
    {
        world.Request = world.Request with { MaxFollowups = 1 };
        world.Says = (turn, _) => turn.EndsWith("audit/1.1/produce", StringComparison.Ordinal) && !turn.StartsWith("f2", StringComparison.Ordinal) ? LoopWorld.Gaps : null;
        Assert.Equal("f2/followup", (await world.Run()).WaitingFor);
        await world.Run("Go on.");
        Assert.Equal(["needs_followup", "needs_followup", "met"], world.Result!.Rounds.Select(r => r.Status));
    }

    [Fact]
    public async Task The_runs_before_it_in_an_imported_chain_count_for_the_cap_and_its_first_request_is_what_was_asked_for()
    {
        world.Request = world.Request with { MaxFollowups = 2, Pairs = ["audit"], After = ["run-a", "run-b"], Original = "Make all of it." };
        world.Says = (turn, _) => turn == "audit/1.1/produce" ? LoopWorld.Gaps : null;
        Assert.Equal("f1/followup", (await world.Run()).WaitingFor);
        Assert.Contains("\"parent_run_id\":\"run-b\",\"followup_depth\":2", File.ReadAllText(Path.Combine(world.Folder, "run.json")), StringComparison.Ordinal);
        Assert.Contains("Make all of it.", File.ReadAllText(Path.Combine(world.Orders[0].Workspace, ".autopilot/loop/evidence.md")), StringComparison.Ordinal);
        await world.Run("Go on.");
        Assert.Equal([2, 3], world.Result!.Rounds.Select(r => r.Depth));
    }

    [Fact]
    public async Task A_phase_whose_dependencies_are_not_done_does_not_begin()
    {
        world.Request = world.Request with { PhaseId = "two" };
        Assert.Equal("two/ready/failed", (await world.Run()).WaitingFor);
        Assert.DoesNotContain("implement/two/1.1/produce", world.Turns);
    }

    [Fact]
    public async Task A_verifier_that_changed_files_has_to_judge_again_and_then_the_run_stops()
    {
        world.Changes = turn => turn.StartsWith("implement/one/1.1/verify", StringComparison.Ordinal) ? ["src/a.cs", "__pycache__/x.pyc"] : null;
        Assert.Equal("implement/one/1.1/failed", (await world.Run()).WaitingFor);
        Assert.Equal(["implement/one/1.1/verify", "implement/one/1.1/verify/repair"], world.Turns.TakeLast(2));
        Assert.Contains("You changed files in a folder that you may only read (src/a.cs)", world.Orders.Last().Prompt, StringComparison.Ordinal);
        Assert.Contains("\"read_only_violation\"", File.ReadAllText(Path.Combine(world.Folder, "events.jsonl")), StringComparison.Ordinal);
        Assert.Equal(2, world.Space.Forgotten);
        world.Changes = turn => turn.Contains("/verify", StringComparison.Ordinal) ? ["__pycache__/x.pyc"] : null;
        await world.Run("Go on.");
        Assert.NotNull(world.Result);
    }

    [Fact]
    public async Task A_phase_has_a_verification_of_its_own_behind_the_users_and_no_later_edit_weakens_it()
    {
        world.Says = (turn, workspace) =>
        {
            if (turn == "plan/1.1/produce") LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Plan.Replace("title: Two", "title: Two, verification: ./check two", StringComparison.Ordinal));
            else if (turn.EndsWith("/produce", StringComparison.Ordinal)) LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Plan.Replace("title: Two", "title: Two, verification: test -d .", StringComparison.Ordinal));
            else return null;
            return turn.StartsWith("audit", StringComparison.Ordinal) ? LoopWorld.Passed : "Done.";
        };
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Equal(["true", "true", "true; ./check two", "true; ./check two"], world.Commands);
        Assert.Contains("./check two", world.Orders.First(o => o.Key.StartsWith("implement/two/1.1/produce", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
        Assert.Contains("verification: \"./check two\"", File.ReadAllText(Path.Combine(world.Folder, "artifacts/plan/phase_plan.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_failed_is_not_adopted_but_tried_again()
    {
        world.Breaks = turn => turn == "plan/1.1/produce";
        Assert.Equal(RunState.Failed, (await world.Run()).State);
        world.Breaks = _ => false;
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.Equal(2, world.Turns.Count(t => t == "plan/1.1/produce"));
    }

    [Fact]
    public async Task A_turn_that_asks_or_is_mended_is_a_commit_of_its_own()
    {
        world.Says = (turn, _) => turn switch { "implement/one/1.1/produce" => "<question>Which?</question>", "test/one/1.1/produce" => "<loop-control>{}</loop-control>", _ => null };
        await world.Run();
        await world.Run("The first.");
        Assert.NotNull(world.Result);
        Assert.Contains("implement/one/1.1/produce", world.Space.Points.Keys);
        Assert.Contains("producer, cycle 1, mended", world.Space.Points["test/one/1.1/produce/repair"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_ten_megabytes_is_taken_by_its_end()
    {
        world.Says = (turn, _) => turn == "plan/1.1/verify" ? new string('x', 10_000_000) + "\n" + LoopWorld.ReportOf(turn) : null;
        await world.Run();
        Assert.NotNull(world.Result);
        Assert.DoesNotContain("plan/1.1/verify/repair", world.Turns);
    }
}
