using System.Text.Json;

namespace Autopilot.BlackBox.Tests.Missions;

public sealed class MissionTests
{
    private const string Honest = "echo done > \"$unit.txt\"";

    [Fact]
    public void A_mission_lands_what_was_verified_and_leaves_the_users_repository_as_it_is()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b"), MissionScene.Unit("c", "0")));
        scene.Git("branch", "other");
        scene.Git("config", "user.nickname", "kept");
        scene.Program.Script(".git/hooks/pre-commit", "echo hooked > hooked.txt\n");
        File.WriteAllText(scene.Program["first.txt"], "stashed\n");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "stash");
        File.WriteAllText(scene.Program["staged.txt"], "staged\n");
        scene.Git("add", "staged.txt");
        File.WriteAllText(scene.Program["first.txt"], "one\ntwo\nhalf-way\n");
        File.WriteAllText(scene.Program["untracked.txt"], "untracked\n");
        var before = Fingerprint.Of(scene.Program.Repository);

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("met", MissionScene.Json(ended).GetProperty("result").GetString());
        Assert.True(MissionScene.Json(ended).GetProperty("units").EnumerateArray().All(u => u.GetProperty("status").GetString() == "landed"), ended.Error);
        Assert.Equal(before, Fingerprint.Of(scene.Program.Repository));
        scene.AssertGreenIsVerified([]);
        Assert.Equal(["a.txt", "b.txt", "c.txt"], MissionScene.Lines(scene.Git("ls-tree", "--name-only", MissionScene.Green)).Where(f => f.Length == 5 && f.EndsWith(".txt", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_report_says_what_landed_and_why_each_unit_ended_so()
    {
        // Each test file counts as one, as pytest would say it.
        using var scene = new MissionScene("case $unit in a) echo done > a.txt; echo true > tests/two.sh;; *) echo BAD > \"$unit.txt\";; esac", MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b")), settings: "max_attempts: 1, check_objective: false");
        scene.Program.Script("check", "for t in tests/*.sh; do sh \"$t\" || exit 1; done\nls tests | wc -l | sed 's/$/ passed in 0.01s/; s/^/===== /; s/$/ =====/'\n[ -z \"$(grep -rl BAD --include='*.txt' .)\" ]\n");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-a", "-m", "counting check");
        var ended = scene.Run();
        Assert.Equal(3, ended.Code);
        Assert.Contains("partial", ended.Output);
        Assert.Contains("next", ended.Output);
        var report = scene.Report();
        Assert.Equal((1, 2), (report.GetProperty("tests_before").GetProperty("passed").GetInt32(), report.GetProperty("tests_after").GetProperty("passed").GetInt32()));
        Assert.Equal("u1", report.GetProperty("landings")[0].GetProperty("units")[0].GetString());
        var given = MissionScene.UnitOf(report, "u2");
        Assert.Equal("abandoned", given.GetProperty("status").GetString());
        Assert.Contains("verification failed", given.GetProperty("reason").GetString());
        Assert.Contains("git fetch", report.GetProperty("next").EnumerateArray().Select(n => n.GetString()).First(n => n!.StartsWith("u2", StringComparison.Ordinal)));
        Assert.NotEmpty(report.GetProperty("timeline").EnumerateArray());

        var history = MissionScene.Json(scene.Program.Run("mission", "history", "--json"))[0];
        Assert.Equal(("partial", 2, 1), (history.GetProperty("result").GetString(), history.GetProperty("units").GetInt32(), history.GetProperty("landed").GetInt32()));
        Assert.Contains("none here", scene.Program.Run("status").Output);
    }

    [Fact]
    public void Of_several_attempts_at_once_one_that_passes_lands_and_the_others_stay_on_their_branches()
    {
        using var scene = new MissionScene("if asked 'in another way than the first'; then echo good > a.txt; else echo BAD > a.txt; fi", MissionScene.Plan(MissionScene.Unit("a")), settings: "speculate: 2, speculate_from: 0");
        var ended = scene.Run("--json");
        Assert.True(ended.Code == 0, ended.Error);
        var unit = MissionScene.UnitOf(MissionScene.Json(ended), "u1");
        Assert.Equal((1, 2), (unit.GetProperty("attempts").GetInt32(), unit.GetProperty("winner").GetInt32()));
        Assert.Contains("verification failed", unit.GetProperty("rivals")[0].GetProperty("why").GetString());
        Assert.Equal("good\n", scene.Git("show", MissionScene.Green + ":a.txt"));
        Assert.Equal(["u1-1.1", "u1-1.2"], scene.UnitBranches().Keys.Select(b => b.Split('/')[^1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_dry_run_shows_the_tree_with_layers_and_what_earlier_units_say_it_may_take()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b", "0")));
        var unknown = scene.Run("--dry-run");
        Assert.True(unknown.Code == 0, unknown.Error);
        Assert.Contains("├─ u1   layer 1  a", unknown.Output);
        Assert.Contains("└─ u2   layer 2  b  after u1", unknown.Output);
        Assert.Contains("cost and time are unknown", unknown.Output);
        Assert.Equal(0, scene.Run().Code);
        Assert.Contains("as 2 earlier units did", scene.Run("--dry-run").Output);
    }

    [Fact]
    public void The_objective_of_the_configuration_holds_where_none_is_given()
    {
        using var scene = new MissionScene(Honest, "asked 'Make the b' || exit 7\n" + MissionScene.Plan(MissionScene.Unit("b")), settings: "objective: Make the b");
        var ended = scene.Program.Run("mission", "--dry-run");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("u1", ended.Output);
    }

    [Fact]
    public void Dishonest_work_is_rejected_at_once_where_the_configuration_says_so()
    {
        using var scene = new MissionScene("rm tests/one.sh\n" + Honest, MissionScene.Plan(MissionScene.Unit("a")), settings: "dishonest_work: reject, check_objective: false");
        var ended = scene.Run("--json");
        Assert.Equal(1, ended.Code);
        var unit = MissionScene.UnitOf(MissionScene.Json(ended), "u1");
        Assert.Equal((1, "abandoned"), (unit.GetProperty("attempts").GetInt32(), unit.GetProperty("status").GetString()));
        Assert.Contains("pleases the checks", unit.GetProperty("reason").GetString());
    }

    [Fact]
    public void Dishonest_work_waits_for_a_person_and_after_their_yes_its_criteria_still_decide()
    {
        using var scene = new MissionScene("echo '# @pytest.mark.skip' >> tests/one.sh\n" + Honest, MissionScene.Plan(MissionScene.Unit("a")), settings: "dishonest_work: ask, check_objective: false");
        Assert.Equal(4, scene.Run().Code);
        var question = Assert.Single(JsonDocument.Parse(scene.Program.Run("approvals", "list", "--json").Output).RootElement.EnumerateArray());
        Assert.Equal("dishonest_work", question.GetProperty("gate").GetString());
        Assert.Contains("skips a test", scene.Program.Run("approvals", "show", question.GetProperty("id").GetString()!).Output);
        Assert.Equal(0, scene.Program.Run("approvals", "approve", question.GetProperty("id").GetString()!).Code);
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("a.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
    }

    [Fact]
    public void Two_missions_at_once_land_all_their_work_on_one_green()
    {
        var planner = "asked 'Nothing has been planned yet.' || { echo '{\"nothing_left\": true}'; exit 0; }\nname=a; asked 'Reach that' && name=b\necho \"{\\\"units\\\": [{\\\"title\\\": \\\"${name}1\\\"}, {\\\"title\\\": \\\"${name}2\\\"}]}\"";
        using var scene = new MissionScene(Honest, planner, settings: "batch_limit: 1");
        using var one = scene.Start();
        using var other = scene.Program.Start("mission", "Reach that");
        foreach (var mission in new[] { one, other })
        {
            var ended = Program.Wait(mission);
            Assert.True(ended.Code == 0, ended.Error);
        }

        scene.AssertGreenIsVerified([]);
        Assert.Equal(["a1.txt", "a2.txt", "b1.txt", "b2.txt"], MissionScene.Lines(scene.Git("ls-tree", "--name-only", MissionScene.Green)).Where(f => f.Length == 6));
    }

    [Fact]
    public void A_slip_of_a_subcommand_is_no_objective()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")));
        var ended = scene.Program.Run("mission", "lsit");
        Assert.Equal(2, ended.Code);
        Assert.Contains("autopilot mission list", ended.Error);
        Assert.Equal("[]", scene.Program.Run("mission", "list", "--json").Output.Trim());
    }

    [Fact]
    public void Work_that_deletes_tests_is_sent_back()
    {
        using var scene = new MissionScene("again || rm tests/one.sh\n" + Honest, MissionScene.Plan(MissionScene.Unit("a")));
        var ended = scene.Run("--json");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("sent back", ended.Error);
        Assert.Contains("pleases the checks", ended.Error);
        Assert.Equal(2, MissionScene.UnitOf(MissionScene.Json(ended), "u1").GetProperty("attempts").GetInt32());
        Assert.Contains("tests/one.sh", scene.Git("ls-tree", "-r", "--name-only", MissionScene.Green));
    }

    [Fact]
    public void A_red_base_blames_nobody()
    {
        using var scene = new MissionScene("exit 0", MissionScene.Plan(MissionScene.Unit("a")));
        File.WriteAllText(scene.Program["first.txt"], "BAD\n");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-a", "-m", "red");
        var ended = scene.Run("--json");
        var report = MissionScene.Json(ended);
        Assert.Equal(1, ended.Code);
        Assert.Equal("red_base", report.GetProperty("stop_cause").GetString());
        Assert.Equal(0, report.GetProperty("units").GetArrayLength());
        Assert.Empty(scene.Git("for-each-ref", "refs/heads/" + MissionScene.Green));
    }

    [Fact]
    public void A_red_base_is_repaired_first()
    {
        using var scene = new MissionScene("[ -n \"$unit\" ] || { echo mended > first.txt; exit 0; }\n" + Honest, MissionScene.Plan(MissionScene.Unit("a")));
        File.WriteAllText(scene.Program["first.txt"], "BAD\n");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-a", "-m", "red");
        var ended = scene.Run("--json");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("mended\n", scene.Git("show", MissionScene.Green + ":first.txt"));
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":a.txt"));
    }

    [Fact]
    public void A_mission_does_not_begin_where_a_role_has_no_program()
    {
        using var program = new Program();
        File.WriteAllText(program["autopilot.yaml"], "agents:\n  ghost: { kind: claude, command: [no-such-program] }\n");
        var ended = program.Run("mission", "--agent", "ghost", "--verify", "true", "Reach it");
        Assert.Equal(1, ended.Code);
        Assert.Contains("npm install", ended.Error);
        Assert.Equal("", program.Run("mission", "list").Output);
    }

    [Fact]
    public void Green_that_is_checked_out_or_diverged_is_refused_with_what_to_do()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")));
        scene.Git("checkout", "-q", "-b", MissionScene.Green);
        var checkedOut = scene.Run();
        Assert.Equal(2, checkedOut.Code);
        Assert.Contains("is checked out", checkedOut.Error);
        Assert.Contains("--green", checkedOut.Error);
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "--allow-empty", "-m", "theirs");
        scene.Git("checkout", "-q", "-b", "mine", "HEAD~1");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "--allow-empty", "-m", "mine");
        var diverged = scene.Run();
        Assert.Equal(2, diverged.Code);
        Assert.Contains("diverged", diverged.Error);
        Assert.Contains("git merge " + MissionScene.Green, diverged.Error);
    }

    [Theory]
    [InlineData("bad..name")]
    [InlineData("bad name")]
    public void Green_of_a_name_that_git_does_not_take_is_refused_at_the_start(string name)
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")));
        var refused = scene.Run("--green", name);
        Assert.Equal(2, refused.Code);
        Assert.Contains($"no branch of the name '{name}'", refused.Error);
        Assert.Equal(2, scene.Run("--dry-run", "--green", name).Code);
    }
}
