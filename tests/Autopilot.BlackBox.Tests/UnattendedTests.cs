using Autopilot.BlackBox.Tests.Missions;

namespace Autopilot.BlackBox.Tests;

/// <summary>The mode decides over what no person started, and over nothing else.</summary>
public sealed class UnattendedTests
{
    private readonly string[] unattended = ["--unattended"];

    [Fact]
    public void A_demo_acts_for_whoever_starts_it()
    {
        using var program = new Program();
        program.Variables["AUTOPILOT_SESSION"] = "an agent's";
        var ended = program.Run("demo");
        Assert.NotEqual(0, ended.Code);
        Assert.Contains("mode:off", ended.Output + ended.Error);
    }

    [Fact]
    public void While_the_mode_is_off_unattended_work_is_refused_on_record_and_a_persons_runs()
    {
        using var program = Worker();
        foreach (var refused in new[] { program.Run(Task("--unattended")), As(program, "1", Task()), program.Run("loop", "--unattended", "--intent", "Do it", "--agent", "./agent.sh") })
        {
            Assert.Equal(5, refused.Code);
            Assert.Contains("mode:off", refused.Error);
            Assert.Contains("'autopilot on'", refused.Error);
        }

        Assert.False(File.Exists(program["worked.txt"]));
        Assert.Empty(MissionScene.Json(program.Run("session", "list", "--json")).EnumerateArray());
        var status = program.Run("status").Output;
        Assert.Contains("BLOCKED: mode:off", status);
        Assert.Contains("(mode:off: unattended work is switched off)", status);
        var counters = program.Run("counters").Output;
        Assert.Contains("autopilot_refusals_total{actor=\"user\",code=\"mode:off\",what=\"run\"} 2", counters);
        Assert.Contains("autopilot_refusals_total{actor=\"user\",code=\"mode:off\",what=\"loop\"} 1", counters);
        Assert.DoesNotContain("autopilot_transitions_total", counters);

        // A script has no terminal either: what it runs is its author's command.
        Assert.Equal(0, program.Run(Task()).Code);
        Assert.Equal(0, As(program, "0", Task()).Code);
        Assert.Equal(2, Lines(program));
    }

    [Fact]
    public void While_the_mode_is_on_it_runs_and_the_kill_switch_refuses_it_all_the_same()
    {
        using var program = Worker();
        Assert.Equal(0, program.Run("temp", "tonight", "--for", "1h").Code);
        Assert.Equal(0, program.Run(Task("--unattended")).Code);
        Assert.Equal(1, Lines(program));

        Assert.Equal(0, program.Run("kill", "--reason", "enough").Code);
        foreach (var refused in new[] { program.Run(Task("--unattended")), program.Run(Task()) })
        {
            Assert.Equal(5, refused.Code);
            Assert.Contains("kill: enough. Release the kill switch with 'autopilot unkill'.", refused.Error);
        }

        Assert.Equal(1, Lines(program));
    }

    [Fact]
    public void What_an_agent_starts_is_unattended()
    {
        using var program = Worker();
        program.Script("agent.sh", $"cat > /dev/null; '{Program.Executable}' run --agent ./inner.sh 'Go on without me' 2> refused.txt; echo $? > code.txt\n");
        program.Script("inner.sh", "echo more >> worked.txt\n");
        Assert.Equal(0, program.Run(Task()).Code);
        Assert.Equal("5\n", File.ReadAllText(program["code.txt"]));
        Assert.Contains("mode:off", File.ReadAllText(program["refused.txt"]));
        Assert.False(File.Exists(program["worked.txt"]));
    }

    [SkippableTheory]
    [InlineData("off", "-u AUTOPILOT_UNATTENDED", "", "")]
    [InlineData("off", "AUTOPILOT_UNATTENDED=0", "", "")]
    [InlineData("off", "-i", "", "")]
    [InlineData("off", "-i", "setsid", "")]
    [InlineData("off", "-i", "setsid", "&")] // whoever loses its parent
    [InlineData("preferred", "-i", "", "")]
    public void What_an_agent_starts_is_unattended_whatever_it_clears(string sandbox, string clears, string by, string behind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "ancestry is read from /proc");
        using var program = Worker();
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? Path.GetDirectoryName(Environment.ProcessPath);
        File.WriteAllText(program["autopilot.yaml"], $$"""
            sandbox: {{sandbox}}
            agents:
              outer: { kind: command, command: [./agent.sh], env: { GOVERNOR: "{{(sandbox == "off" ? program.State : program[".mine"])}}", ROOT: "{{root}}" } }
            """);
        var start = $"env {clears} PATH=$PATH HOME=$HOME DOTNET_ROOT=$ROOT AUTOPILOT_HOME=$GOVERNOR {by}";
        program.Script("inner.sh", "echo more >> worked.txt\n");
        program.Script("agent.sh", $"cat > /dev/null; ( {start} '{Program.Executable}' run --agent ./inner.sh 'Go on without me' 2> refused.txt; echo $? > code.new; mv code.new code.txt ) {behind}\nwhile [ ! -e code.txt ]; do sleep 0.05; done\n");
        Assert.Equal(0, program.Run("run", "--agent", "outer", "Do it").Code);
        Assert.Equal("5\n", File.ReadAllText(program["code.txt"]));
        Assert.Contains("mode:off", File.ReadAllText(program["refused.txt"]));
        Assert.False(File.Exists(program["worked.txt"]));
        // In the sandbox the governor is not to be seen, and one of its own does not help.
        if (sandbox == "off") Assert.Contains("autopilot_refusals_total{actor=\"agent\",code=\"mode:off\",what=\"run\"} 1", program.Run("counters").Output);
    }

    [Fact]
    public void A_mission_that_nobody_started_ends_with_the_mode_and_goes_on_by_a_persons_hand()
    {
        using var scene = new MissionScene(
            "while [ ! -e \"$here/go\" ]; do sleep 0.05; done; echo done > \"$unit.txt\"",
            MissionScene.Plan(MissionScene.Unit("a")));
        Assert.Equal(5, scene.Run(unattended).Code);
        Assert.Equal(0, scene.Program.Run("on", "--reason", "nightly").Code);
        using var mission = scene.Program.Start("mission", "Reach it", "--unattended");
        Program.Await(mission, "work       u1");
        var open = scene.Program.Run("status", "--json");
        Assert.All(MissionScene.Json(open).GetProperty("sessions").EnumerateArray(), session => Assert.True(session.GetProperty("unattended").GetBoolean()));
        Assert.Equal(0, scene.Program.Run("off", "--reason", "morning").Code);
        var stopped = Program.Wait(mission);
        Assert.Equal(5, stopped.Code);
        Assert.Contains("mode:off: morning. Unattended work runs only while the mode is on", stopped.Error);
        Assert.Empty(LiveProcesses.Below(scene.Program.Outside(".")));
        Assert.Equal(5, scene.Program.Run("mission", "resume", "--unattended").Code);

        scene.Allow("go");
        var ended = scene.Program.Run("mission", "resume");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("a.txt", scene.Git("ls-tree", "--name-only", MissionScene.Green));
    }

    private static Program Worker()
    {
        var program = new Program();
        program.Script("agent.sh", "cat > /dev/null; echo work >> worked.txt\n");
        return program;
    }

    private static string[] Task(params string[] more) => ["run", "--agent", "./agent.sh", "Do it", .. more];

    private static Ended As(Program program, string said, string[] arguments)
    {
        program.Variables["AUTOPILOT_UNATTENDED"] = said;
        var ended = program.Run(arguments);
        program.Variables.Remove("AUTOPILOT_UNATTENDED");
        return ended;
    }

    private static int Lines(Program program) => File.ReadAllLines(program["worked.txt"]).Length;
}
