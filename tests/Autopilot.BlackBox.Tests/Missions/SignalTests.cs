namespace Autopilot.BlackBox.Tests.Missions;

public sealed class SignalTests
{
    // Waits for a file of the unit's name beside the agent, and shows that it is alive.
    private const string Held = "while [ ! -e \"$here/allow-$unit\" ]; do echo waiting; sleep 0.2; done\n";
    private const string Honest = "echo done > \"$unit.txt\"\n";

    [Fact]
    public void Pause_resume_and_add_from_another_process_have_their_effect()
    {
        var planner = """
            if asked 'Nothing has been planned yet.'; then echo '{"units": [UNITS]}'
            elif asked 'more.txt too' && ! [ -e more.txt ]; then echo '{"units": [MORE]}'
            else echo '{"nothing_left": true}'; fi
            """.Replace("UNITS", MissionScene.Unit("a") + "," + MissionScene.Unit("b", "0"), StringComparison.Ordinal).Replace("MORE", MissionScene.Unit("more"), StringComparison.Ordinal);
        var auditor = """
            if asked 'more.txt too' && ! [ -e more.txt ]; then echo '{"met": false, "because": "more.txt is missing"}'; else echo '{"met": true, "because": "all there"}'; fi
            """;
        using var scene = new MissionScene("[ \"$unit\" = a ] && {\n" + Held + "}\n" + Honest, planner, auditor);
        using var mission = scene.Start();
        Program.Await(mission, "work       u1");
        Assert.Equal(0, scene.Program.Run("mission", "pause").Code);
        Program.Await(mission, "signal     pause");
        foreach (var look in new[] { "list", "show" }) Assert.Contains("  paused  ", scene.Program.Run("mission", look).Output);
        scene.Allow("allow-a");
        Program.Await(mission, "worked     u1");
        Assert.Equal(0, scene.Program.Run("mission", "add", "more.txt too").Code);
        Program.Await(mission, "signal     add");
        Assert.Equal("pending", MissionScene.UnitOf(scene.Report(), "u2").GetProperty("status").GetString());
        Assert.Equal(0, scene.Program.Run("mission", "resume").Code);
        Program.Await(mission, "work       u2");
        var ended = Program.Wait(mission);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":more.txt"));
    }

    [Fact]
    public void A_paused_mission_that_was_killed_goes_on_when_it_is_resumed()
    {
        using var scene = new MissionScene("[ \"$unit\" = a ] && {\n" + Held + "}\n" + Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b", "0")));
        using var mission = scene.Start();
        Program.Await(mission, "work       u1");
        Assert.Equal(0, scene.Program.Run("mission", "pause").Code);
        Program.Await(mission, "signal     pause");
        mission.Kill(entireProcessTree: true);
        Program.Wait(mission);
        foreach (var look in new[] { "list", "show" }) Assert.Contains("interrupted", scene.Program.Run("mission", look).Output);
        scene.Allow("allow-a");
        // One that nobody was there to take in counts no more than the other: who resumes wants it to go on.
        Assert.Equal(0, scene.Program.Run("mission", "pause").Code);
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":b.txt"));
    }

    [Fact]
    public void Resume_takes_the_newest_mission_that_can_go_on()
    {
        using var scene = new MissionScene("[ \"$unit\" = a ] && {\n" + Held + "}\n" + Honest, MissionScene.Plan(MissionScene.Unit("a")));
        using var mission = scene.Start();
        Program.Await(mission, "work       u1");
        mission.Kill(entireProcessTree: true);
        Program.Wait(mission);
        scene.Allow("allow-a");
        Assert.Equal(0, scene.Run("--green", "other/green").Code);
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.DoesNotContain("interrupted", scene.Program.Run("mission", "list").Output);
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":a.txt"));
        var none = scene.Program.Run("mission", "resume");
        Assert.Equal(2, none.Code);
        Assert.Contains("No mission here can be resumed", none.Error);
        Assert.Contains("is at its end", none.Error);
    }

    [Fact]
    public void Retry_gives_a_unit_that_was_given_up_fresh_attempts()
    {
        var worker = "if [ \"$unit\" = bad ]; then [ -e \"$here/mended\" ] || exit 1; else\n" + Held + "fi\n" + Honest;
        using var scene = new MissionScene(worker, MissionScene.Plan(MissionScene.Unit("bad"), MissionScene.Unit("after", "0"), MissionScene.Unit("slow")), settings: "max_attempts: 1");
        using var mission = scene.Start();
        Program.Await(mission, "failed     u1");
        var report = scene.Report();
        Assert.Equal("abandoned", MissionScene.UnitOf(report, "u1").GetProperty("status").GetString());
        Assert.Equal("blocked", MissionScene.UnitOf(report, "u2").GetProperty("status").GetString());
        foreach (var (unit, why) in new[] { ("u77", "has no unit u77"), ("u3", "u3 of mission") })
        {
            var refused = scene.Program.Run("mission", "retry", unit);
            Assert.Equal(2, refused.Code);
            Assert.Contains(why, refused.Error);
            Assert.Contains("There is: u1, u2.", refused.Error);
        }

        scene.Allow("mended");
        scene.Allow("allow-after");
        Assert.Equal(0, scene.Program.Run("mission", "retry", "u1").Code);
        Program.Await(mission, "work       u1 attempt 2");
        scene.Allow("allow-slow");
        var ended = Program.Wait(mission);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.All(scene.Report().GetProperty("units").EnumerateArray(), u => Assert.Equal("landed", u.GetProperty("status").GetString()));
    }

    [Fact]
    public void Stop_ends_it_with_what_has_landed_and_leaves_no_process()
    {
        using var scene = new MissionScene("[ \"$unit\" = a ] || {\necho half > half.txt\n" + Held + "}\n" + Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("slow")));
        using var mission = scene.Start();
        Program.Await(mission, "landed");
        Assert.Equal(0, scene.Program.Run("mission", "stop").Code);
        var ended = Program.Wait(mission);
        Assert.Equal(3, ended.Code);
        var report = scene.Report();
        Assert.Equal("user", report.GetProperty("stop_cause").GetString());
        Assert.Equal("landed", MissionScene.UnitOf(report, "u1").GetProperty("status").GetString());
        Assert.Contains(scene.UnitBranches().Keys, b => b.EndsWith("u2-1-partial", StringComparison.Ordinal));
        Assert.Empty(LiveProcesses.Below(scene.Program.Outside(".")));
    }

    [Fact]
    public void A_mission_whose_green_somebody_looks_at_lands_when_it_is_free_again()
    {
        using var scene = new MissionScene(Held + Honest, MissionScene.Plan(MissionScene.Unit("a")));
        var before = scene.Git("symbolic-ref", "--short", "HEAD").Trim();
        using var mission = scene.Start();
        Program.Await(mission, "work       u1");
        scene.Git("checkout", "-q", "-b", MissionScene.Green);
        scene.Allow("allow-a");
        for (var looks = 0; looks < 7; looks++) Program.Await(mission, "is checked out");
        scene.Git("checkout", "-q", before);
        var ended = Program.Wait(mission);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("done\n", scene.Git("show", MissionScene.Green + ":a.txt"));
    }
}
