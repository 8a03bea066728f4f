using System.Text.Json;

namespace Autopilot.BlackBox.Tests;

public sealed class LoopTests : IDisposable
{
    private const int Kill = 9;

    private const string Agent = """
        prompt=$(cat)
        L=.autopilot/loop
        case "$prompt" in
        *'pair "plan"'*) pair=plan;; *'pair "implement"'*) pair=implement;; *'pair "test"'*) pair=test;; *'pair "audit"'*) pair=audit;;
        esac
        report() { printf '{"criteria":['; sep=; for id in $1; do printf '%s{"id":"%s","met":true,"evidence":"seen"}' "$sep" "$id"; sep=,; done; printf '],"findings":[],"verdict":"complete"}\n'; }
        case "$prompt" in
        *'You are the verifier'*)
          echo spoilt > README.md
          case $pair in
          plan) report "intent-fidelity behavioural-safety completeness technical-debt feasibility";;
          implement) report "correctness behavioural-safety compatibility simplicity validation";;
          test) report "coverage regression edge-cases reliability intent";;
          audit) report "intent-coverage gap-classification evidence revised-request";;
          esac;;
        *)
          case $pair in
          plan) mkdir -p $L/artifacts/plan; echo "the plan" > $L/artifacts/plan/plan.md
            printf 'version: 1\nphases:\n  - phase_id: one\n    title: One\n    objective: first\n    in_scope: [a]\n    deliverables: [one.txt]\n  - phase_id: two\n    title: Two\n    objective: second\n    dependencies: [one]\n    in_scope: [b]\n    deliverables: [two.txt]\n' > $L/artifacts/plan/phase_plan.yaml; echo planned;;
          implement) case "$prompt" in *'Phase one'*) echo 1 > one.txt;; *) echo 2 > two.txt;; esac
            case "$prompt" in *'Close the gap'*) echo 3 > three.txt;; esac; mkdir -p __pycache__; echo x > __pycache__/x.pyc; echo x > ignored.txt
            case "$prompt" in *'Ask first'*) case "$prompt" in *'> Blue'*) ;; *) echo '<question>Red or blue?</question>';; esac;; esac; echo implemented;;
          test) echo "test" > tests.txt; echo tested;;
          audit) if [ -f three.txt ]; then echo '{"status":"passed","summary":"all there","gaps":[]}'; else echo '{"status":"needs_followup","summary":"three is missing","gaps":[{"id":"G1","severity":"high","summary":"no three.txt","evidence":["ls"],"followup":"add"}],"revised_request":"Close the gap: add three.txt"}'; fi;;
          esac;;
        esac
        """;

    private readonly Program program = new();

    public LoopTests()
    {
        program.Script("agent.sh", Agent);
        File.WriteAllText(program["README.md"], "hi\n");
        File.WriteAllText(program[".gitignore"], "ignored.txt\n");
        File.WriteAllText(program["autopilot.yaml"], "agents:\n  fake: { kind: command, command: [./agent.sh] }\n  other: { kind: command, command: [./agent.sh] }\nroles: { default: fake, reviewer: other }\nverify: test \"$(cat README.md)\" = hi\n");
        Git("add", "README.md", ".gitignore", "agent.sh");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "second");
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public void Killed_at_each_kind_of_turn_it_ends_with_its_intent_met_and_git_log_tells_the_story()
    {
        File.WriteAllText(program["staged.txt"], "the user's\n");
        Git("add", "staged.txt");
        var before = Git("status", "--porcelain");
        string[] first = ["loop", "--intent", "Make files"];
        foreach (var turn in (string[])["plan/1.1/produce", "plan/1.1/verify", "implement/one/1.1/produce", "implement/one/1.1/check", "implement/two/1.1/verify", "test/two/1.1/produce", "audit/1.1/produce", "audit/1.1/verdict", "f1/plan/1.1/produce/keep", "f1/audit/1.1/verify"])
        {
            using var running = program.Start(first);
            Program.Await(running, "  " + turn);
            Program.Signal(running, Kill);
            Assert.Equal(128 + Kill, Program.Wait(running).Code);
            first = ["loop", "--resume"];
        }

        var ended = program.Run("loop", "--resume", "--json");
        Assert.True(ended.Code == 0, ended.Error);
        var report = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("met", report.GetProperty("state").GetString());
        Assert.Equal(2, report.GetProperty("rounds").GetArrayLength());
        var branch = report.GetProperty("place").GetString()!;
        Assert.Equal("hi\n", Git("show", branch + ":README.md"));
        Assert.Equal(".gitignore\nREADME.md\nagent.sh\none.txt\ntests.txt\nthree.txt\ntwo.txt\n", Git("ls-tree", "-r", "--name-only", branch));
        var story = Git("log", "--reverse", "--format=%s", branch).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.Equal(["plan: producer, cycle 1", "plan: verifier, cycle 1: complete", "implement one: producer, cycle 1"], story[..3]);
        Assert.Equal(24, story.Length);
        Assert.Contains("Autopilot-Agent: other\n", Git("log", "-1", "--format=%B", branch));
        Assert.Equal(before, Git("status", "--porcelain"));
        Assert.DoesNotContain(program.Repository, File.ReadAllText(program[$"{report.GetProperty("folder").GetString()}/events.jsonl"]));
    }

    [Fact]
    public void A_question_is_answered_and_gaps_without_follow_up_give_3()
    {
        var asked = program.Run("loop", "--intent", "Ask first", "--no-auto-followup", "--json");
        Assert.Equal(4, asked.Code);
        Assert.Contains("Red or blue?", JsonDocument.Parse(asked.Output).RootElement.GetProperty("question").GetString());
        Assert.Equal(4, program.Run("loop", "--resume").Code);
        Assert.Contains("Red or blue?", program.Run("approvals", "list").Output);
        // Each phase asks for itself; the answer to the first stands in the ledger by then.
        var gaps = program.Run("loop", "--resume", "--answer", "Blue");
        Assert.True(gaps.Code == 3, gaps.Output + gaps.Error);
        Assert.Contains("three is missing", gaps.Output);
        Assert.Equal(0, program.Run("loop", "--resume").Code);
    }

    [Fact]
    public void What_changed_since_a_run_began_is_shown_and_nothing_is_done_until_it_is_accepted()
    {
        Directory.CreateDirectory(program[".autopilot/prompts/loops"]);
        File.WriteAllText(program[".autopilot/prompts/loops/test.producer.md"], "Write tests.\n");
        Assert.Equal(4, program.Run("loop", "--intent", "Ask first", "--no-auto-followup").Code);
        var before = File.ReadAllText(program["autopilot.yaml"]);
        File.WriteAllText(program["autopilot.yaml"], before.Replace("= hi", "= hi && true", StringComparison.Ordinal).Replace("reviewer: other", "reviewer: fake", StringComparison.Ordinal));
        File.WriteAllText(program[".autopilot/prompts/loops/test.producer.md"], "Write more tests.\n");
        File.WriteAllText(program[".autopilot/prompts/loops/audit.verifier.md"], "Look twice.\n");
        var refused = program.Run("loop", "--resume", "--answer", "Blue");
        Assert.Equal(2, refused.Code);
        foreach (var line in (string[])["verify", "= hi && true", "roles.reviewer: other -> fake", "loops/test.producer.md: ", "loops/audit.verifier.md: (not set) -> ", "--accept-changes"]) Assert.Contains(line, refused.Error);
        Assert.DoesNotContain("roles.default", refused.Error);
        Assert.Contains("Red or blue?", program.Run("approvals", "list").Output);
        File.WriteAllText(program[".autopilot/prompts/loops/pairs.yaml"], "pairs: []\n");
        Assert.Contains("loops/pairs.yaml (a run keeps the pairs that it began with): (not set) -> ", program.Run("loop", "--resume").Error);
        var ended = program.Run("loop", "--resume", "--answer", "Blue", "--accept-changes");
        Assert.True(ended.Code == 3, ended.Output + ended.Error);
        Assert.Contains("three is missing", ended.Output);
        // What was accepted is what the next resume compares with.
        Assert.Equal(0, program.Run("loop", "--resume").Code);
    }

    [Fact]
    public void A_chain_that_autoloop_left_goes_on_at_its_open_end_with_what_was_finished_and_decided_in_it()
    {
        const string Task = ".autoloop/tasks/make-files-12345678/runs/";
        const string First = "run-20260429T101112Z-aaaaaaaa";
        const string Second = "run-20260429T111112Z-bbbbbbbb";
        Put(Task + First + "/request.md", "Ask first");
        Put(Task + First + "/decisions.txt", "<autoloop-decisions-header version=\"1\" block_seq=\"1\" owner=\"runtime\" phase_id=\"one\" pair=\"implement\" turn_seq=\"1\" run_id=\"" + First + "\" ts=\"2026-04-29T10:20:00+00:00\" entry=\"answers\" qa_seq=\"1\" source=\"human\" />\nBlue\n");
        Put(Task + First + "/events.jsonl", "{\"event_type\":\"run_started\"}\n{\"event_type\":\"auto_followup_scheduled\",\"followup_run_id\":\"" + Second + "\"}\n{\"event_type\":\"run_finished\",\"status\":\"needs_followup\"}\n");
        Put(Task + Second + "/request.md", "Ask first. Close the gap: add three.txt");
        Put(Task + Second + "/artifacts/plan/phase_plan.yaml", "version: 1\nphases:\n  - {phase_id: one, title: One, objective: first, in_scope: [a], deliverables: [one.txt]}\n  - {phase_id: two, title: Two, objective: second, dependencies: [one], in_scope: [b], deliverables: [two.txt]}\n");
        Put(Task + Second + "/events.jsonl", "{\"event_type\":\"run_started\",\"parent_run_id\":\"" + First + "\",\"followup_depth\":1}\n{\"event_type\":\"pair_completed\",\"pair\":\"plan\",\"phase_id\":null}\n{\"event_type\":\"pair_completed\",\"pair\":\"implement\",\"phase_id\":\"one\"}\n{\"event_type\":\"cycle_sta");
        var left = Left();
        Assert.Contains($"{Second}  running  follow-up of {First}  resume with: autopilot loop --resume --run-id {Second}", program.Run("loop", "import").Output);
        using var running = program.Start("loop", "--resume", "--run-id", First);
        Program.Await(running, "  implement/two/1.1/verify");
        Program.Signal(running, Kill);
        Assert.Equal(128 + Kill, Program.Wait(running).Code);
        var ended = program.Run("loop", "--resume", "--json");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        var report = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal(("met", "make-files-12345678"), (report.GetProperty("state").GetString(), report.GetProperty("task_id").GetString()));
        var branch = report.GetProperty("place").GetString()!;
        Assert.Equal(".gitignore\nREADME.md\nagent.sh\ntests.txt\nthree.txt\ntwo.txt\n", Git("ls-tree", "-r", "--name-only", branch));
        Assert.Equal("test one: producer, cycle 1", Git("log", "--reverse", "--format=%s", branch).Split('\n')[2]);
        var round = JsonDocument.Parse(program.Run("loop", "show", "--json").Output).RootElement.GetProperty("rounds")[0];
        Assert.Equal((First, 1), (round.GetProperty("parent_run_id").GetString(), round.GetProperty("followup_depth").GetInt32()));
        Assert.Contains("goes on here already", program.Run("loop", "--resume", "--run-id", Second).Error);
        Assert.Equal(left, Left());
    }

    [Fact]
    public void Without_git_it_works_in_the_folder_and_what_verifiers_do_is_not_kept()
    {
        using var plain = new Program(git: false);
        plain.Script("agent.sh", Agent);
        File.WriteAllText(plain["README.md"], "hi\n");
        File.WriteAllText(plain["autopilot.yaml"], File.ReadAllText(program["autopilot.yaml"]));
        var ended = plain.Run("loop", "--intent", "Make files");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("3\n", File.ReadAllText(plain["three.txt"]));
        Assert.Equal("hi\n", File.ReadAllText(plain["README.md"]));
    }

    [Fact]
    public void In_place_it_works_in_the_checkout_and_commits_nothing_of_the_users()
    {
        File.WriteAllText(program["staged.txt"], "the user's\n");
        Git("add", "staged.txt");
        File.AppendAllText(program[".gitignore"], "also.txt\n");
        var before = Git("ls-files", "--stage") + Git("rev-parse", "HEAD") + Git("diff", "--", ".gitignore");
        var ended = program.Run("loop", "--intent", "Make files", "--in-place", "--json");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("3\n", File.ReadAllText(program["three.txt"]));
        Assert.Equal(before, Git("ls-files", "--stage") + Git("rev-parse", "HEAD") + Git("diff", "--", ".gitignore"));
        var branch = JsonDocument.Parse(ended.Output).RootElement.GetProperty("place").GetString()!;
        Assert.Equal(".gitignore\nREADME.md\nagent.sh\none.txt\ntests.txt\nthree.txt\ntwo.txt\n", Git("ls-tree", "-r", "--name-only", branch));
        Assert.Equal("ignored.txt\n", Git("show", branch + ":.gitignore"));
        Assert.Equal("hi\n", File.ReadAllText(program["README.md"]));
    }

    [Fact]
    public void Without_a_sandbox_a_verifier_that_edits_does_not_count()
    {
        File.AppendAllText(program["autopilot.yaml"], "sandbox: off\n");
        var ended = program.Run("loop", "--intent", "Make files", "--pairs", "plan");
        // Write bits hold everybody but root, whose changes are seen afterwards.
        Assert.Equal(Environment.IsPrivilegedProcess ? 1 : 0, ended.Code);
        if (ended.Code == 1) Assert.Contains("You changed files in a folder that you may only read (README.md)", ended.Output);
    }

    [Fact]
    public void A_loop_is_seen_stopped_and_answered_from_another_process()
    {
        File.WriteAllText(program["agent.sh"], "#!/bin/sh\n" + Agent.Replace("test) echo", "test) if [ ! -f go ]; then sleep 60; fi; echo", StringComparison.Ordinal));
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-aqm", "slow");
        Assert.Equal(4, program.Run("loop", "--intent", "Ask first", "--task-id", "slow").Code);
        var shown = JsonDocument.Parse(program.Run("loop", "show", "--json").Output).RootElement;
        Assert.Equal(("question", "slow"), (shown.GetProperty("waits_for").GetString(), shown.GetProperty("task_id").GetString()));
        Assert.Contains("Red or blue?", shown.GetProperty("question").GetString());
        Assert.Equal("plan", shown.GetProperty("rounds")[0].GetProperty("completed_pairs")[0].GetString());
        var id = shown.GetProperty("run_id").GetString()!;
        var list = program.Run("loop", "list").Output;
        Assert.Contains($"{id}  question     slow  implement one, cycle 1", list);
        var answered = program.Run("approvals", "answer", program.Run("approvals", "list").Output.Split(' ')[0], "Blue");
        Assert.Contains($"autopilot loop --resume --run-id {id}", answered.Output);
        using var other = program.Start("loop", "--resume");
        Program.Await(other, "  test/one/1.1/produce");
        Assert.Contains("is being worked on by", program.Run("loop", "--resume", "--task-id", "slow").Error);
        Assert.Contains("running", program.Run("loop", "list").Output);
        Assert.Equal(0, program.Run("loop", "stop").Code);
        Assert.Equal(130, Program.Wait(other).Code);
        Assert.Contains("now: test one, cycle 1", program.Run("loop", "show").Output);
        Assert.Contains("no running loop", program.Run("loop", "stop").Error.Replace("There is ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subdirectory_and_an_empty_repository_will_do()
    {
        using var empty = new Program(git: false);
        Assert.Equal("", Git(empty, "init", "-q"));
        empty.Script("agent.sh", Agent);
        Directory.CreateDirectory(empty["sub"]);
        File.WriteAllText(empty["autopilot.yaml"], $"agents:\n  fake: {{ kind: command, command: [{empty["agent.sh"]}] }}\nroles: {{ default: fake }}\n");
        var ended = empty.Run("loop", "--intent", "Make files", "--workspace", "sub", "--pairs", "implement,test", "--json");
        Assert.True(ended.Code == 0, ended.Error);
        var branch = JsonDocument.Parse(ended.Output).RootElement.GetProperty("place").GetString()!;
        Assert.Equal("sub/ignored.txt\nsub/tests.txt\nsub/two.txt\n", Git(empty, "ls-tree", "-r", "--name-only", branch));
    }

    [Theory]
    [InlineData("Say what is wanted", "loop")]
    [InlineData("--resume only", "loop", "--run-id", "x", "--intent", "y")]
    [InlineData("Did you mean 'plan'?", "loop", "--pairs", "plna", "--intent", "y")]
    [InlineData("needs --phase-id", "loop", "--phase-mode", "up-to", "--intent", "y")]
    [InlineData("whole number", "loop", "--max-iterations", "0", "--intent", "y")]
    [InlineData("No loop was ever run", "loop", "--resume")]
    [InlineData("there is no agent", "loop", "--agent", "nobody", "--intent", "y")]
    public void Wrong_usage_changes_nothing(string words, params string[] arguments)
    {
        var ended = program.Run(arguments);
        Assert.Equal(2, ended.Code);
        Assert.Contains(words, ended.Error);
        Assert.False(Directory.Exists(program[".autopilot/runs"]));
    }

    private void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(program[path])!);
        File.WriteAllText(program[path], content);
    }

    /// <summary>What autoloop left, with the time at which each was written.</summary>
    private IEnumerable<string> Left() => [.. Directory.EnumerateFiles(program[".autoloop"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f).Ticks} {File.ReadAllText(f)}")];

    private string Git(params string[] arguments) => Git(program, arguments);

    private static string Git(Program at, params string[] arguments)
    {
        var ended = at.Git(arguments);
        Assert.True(ended.Code == 0, ended.Error);
        return ended.Output;
    }
}
