using System.Text.Json;

namespace Autopilot.BlackBox.Tests;

public sealed class SessionTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    // Stops half-way until a file allows it to go on; `exec` keeps it one process.
    private const string HalfWay = "cat > prompt.txt\necho one > one.txt\necho 'half way'\nif [ -f allow ]; then echo two > two.txt; exit 0; fi\nexec sleep 600\n";

    private readonly Program program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public void A_script_of_three_lines_is_an_agent()
    {
        program.Script("agent.sh", "echo \"told: $(cat)\"\necho hello > hello.txt\n");
        var ended = program.Run("run", "--agent", "command", "--command", "./agent.sh", "--json", "Say hello");
        Assert.True(ended.Code == 0, ended.Error);
        var report = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("completed", report.GetProperty("outcome").GetString());
        Assert.Equal("hello.txt", Assert.Single(report.GetProperty("files_changed").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("cost_usd").ValueKind);
        Assert.Contains("told: Say hello", File.ReadAllText(report.GetProperty("recording").GetString()!));
        Assert.Contains("adds", ended.Error);
        // What is printed to go on with must work as it stands.
        var resume = report.GetProperty("resume").GetString()!;
        Assert.EndsWith(" --command './agent.sh'", resume);
        Assert.Equal(0, program.Run("resume", resume.Split(' ')[2], "--command", "./agent.sh").Code);
        var without = program.Run("resume", resume.Split(' ')[2]);
        Assert.Equal(2, without.Code);
        Assert.Contains("--command", without.Error);
    }

    [Fact]
    public void The_command_to_go_on_with_keeps_the_words_of_the_command_line()
    {
        program.Script("agent.sh", "printf '%s\\n' \"$@\" >> words.txt\n");
        var report = JsonDocument.Parse(program.Run("run", "--agent", "command", "--command", "./agent.sh \"two words\" it's", "--json", "Hi").Output).RootElement;
        var resume = report.GetProperty("resume").GetString()!;
        Assert.EndsWith(@" --command './agent.sh ""two words"" it'\''s'", resume);
        Assert.Equal(0, program.Run("resume", resume.Split(' ')[2], "--command", "./agent.sh \"two words\" it's").Code);
        Assert.Equal("two words\nit's\ntwo words\nit's\n", File.ReadAllText(program["words.txt"]));
    }

    [Fact]
    public void An_agent_that_fails_gives_1()
    {
        program.Script("agent.sh", "exit 3\n");
        Assert.Equal(1, program.Run("run", "--agent", "command", "--command", "./agent.sh", "Try").Code);
    }

    [Fact]
    public void Killed_half_way_it_resumes_in_the_same_recording_and_what_it_left_in_the_temporary_folder_is_removed()
    {
        program.Script("agent.sh", HalfWay);
        var temporary = Directory.CreateDirectory(program.Outside("tmp")).FullName;
        program.Variables["TMPDIR"] = temporary;
        using (var running = program.Start("run", "--agent", "command", "--command", "./agent.sh", "Two steps"))
        {
            Program.Await(running, "half way");
            Program.Signal(running, Kill);
            Assert.Equal(128 + Kill, Program.Wait(running).Code);
        }

        Assert.NotEmpty(Directory.GetFiles(temporary, "*", SearchOption.AllDirectories));
        Assert.Contains("interrupted", program.Run("session", "list").Output);
        var before = File.ReadAllText(Assert.Single(program.Recordings()));
        File.WriteAllText(program["allow"], "");
        var resumed = program.Run("resume", "--continue", "--command", "./agent.sh");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.True(File.Exists(program["two.txt"]));
        Assert.StartsWith(before, File.ReadAllText(Assert.Single(program.Recordings())));
        Assert.Contains("Two steps", File.ReadAllText(program["prompt.txt"]));
        Assert.Empty(Directory.GetDirectories(temporary, "autopilot-*"));
    }

    [Theory]
    [InlineData(Interrupt, 130, "interrupted (SIGINT)")]
    [InlineData(Terminate, 143, "terminated (SIGTERM)")]
    public void A_signal_ends_it_in_order_and_resume_works(int signal, int code, string reason)
    {
        program.Script("agent.sh", HalfWay);
        using (var running = program.Start("run", "--agent", "command", "--command", "./agent.sh", "Two steps"))
        {
            Program.Await(running, "half way");
            Program.Signal(running, signal);
            Assert.Equal(code, Program.Wait(running).Code);
        }

        Assert.Contains(reason, File.ReadLines(Assert.Single(program.Recordings())).Last());
        Assert.Contains("stopped", program.Run("session", "list").Output);
        File.WriteAllText(program["allow"], "");
        Assert.Equal(0, program.Run("resume", "-c", "--command", "./agent.sh").Code);
        Assert.True(File.Exists(program["two.txt"]));
    }

    [Fact]
    public void A_recording_names_commit_and_branch_where_there_are_any()
    {
        program.Script("agent.sh", "cat > /dev/null\n");
        Assert.Equal(0, program.Run("run", "--agent", "command", "--command", "./agent.sh", "Look").Code);
        var header = JsonDocument.Parse(File.ReadLines(Assert.Single(program.Recordings())).First()).RootElement;
        var head = File.ReadAllText(program[".git/HEAD"])["ref: refs/heads/".Length..].Trim();
        Assert.Equal(head, header.GetProperty("branch").GetString());
        Assert.Equal(File.ReadAllText(program[$".git/refs/heads/{head}"]).Trim(), header.GetProperty("sha").GetString());
    }

    [Fact]
    public void A_session_that_ended_is_continued_in_the_same_recording()
    {
        program.Script("agent.sh", "cat > prompt.txt\n");
        Assert.Equal(0, program.Run("run", "--agent", "command", "--command", "./agent.sh", "First").Code);
        var recording = Assert.Single(program.Recordings());
        var before = File.ReadAllText(recording);
        var resumed = program.Run("resume", recording, "--command", "./agent.sh", "-p", "Then this");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.StartsWith(before, File.ReadAllText(recording));
        Assert.Contains("Then this", File.ReadAllText(program["prompt.txt"]));
    }

    [Fact]
    public void Two_recordings_are_analysed_and_compared()
    {
        program.Script("agent.sh", "echo done\n");
        for (var i = 0; i < 2; i++) Assert.Equal(0, program.Run("run", "--agent", "command", "--command", "./agent.sh", "Again").Code);
        var recordings = program.Recordings();
        Assert.Equal(2, recordings.Length);
        Assert.Equal(0, program.Run("analyze", recordings[0], "--json").Code);
        Assert.Equal(0, program.Run("compare", recordings[0], recordings[1], "--json").Code);
    }

    [Fact]
    public void Isolated_work_is_left_on_a_branch_and_the_checkout_stays_as_it_is()
    {
        program.Script("agent.sh", "echo hello > hello.txt\n");
        var ended = program.Run("run", "--isolated", "--agent", "command", "--command", program["agent.sh"], "--json", "Say hello");
        Assert.True(ended.Code == 0, ended.Error);
        var branch = JsonDocument.Parse(ended.Output).RootElement.GetProperty("branch").GetString()!;
        Assert.StartsWith("autopilot/say-hello-", branch);
        Assert.False(File.Exists(program["hello.txt"]));
        Assert.True(Directory.GetFiles(program[".git/refs/heads/autopilot"]).Length == 1);
    }

    [Fact]
    public void What_isolated_work_changes_in_the_repository_behind_it_is_put_back_told_of_and_counted()
    {
        program.Variables["AUTOPILOT_SANDBOX"] = "off";
        program.Script("agent.sh", "git config core.pager evil && echo hello > hello.txt\n");
        var ended = program.Run("run", "--isolated", "--agent", "command", "--command", program["agent.sh"], "Say hello");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("config of Autopilot's own repository", ended.Error);
        Assert.Contains("autopilot_hub_files_put_back_total{file=\"config\"} 1", program.Run("counters").Output);
    }

    [Fact]
    public void Isolated_work_that_was_cut_off_outlives_the_pruning_of_workspaces_and_is_gone_on_with()
    {
        program.Script("agent.sh", "if [ -f one.txt ]; then echo two > two.txt; exit 0; fi\necho one > one.txt\necho 'half way'\nexec sleep 600\n");
        using (var running = program.Start("run", "--isolated", "--agent", "command", "--command", program["agent.sh"], "Two steps"))
        {
            Program.Await(running, "half way");
            Program.Signal(running, Kill);
            Program.Wait(running);
        }

        var pruned = program.Run("workspaces", "prune");
        Assert.Contains("rescued/", pruned.Output);
        var resumed = program.Run("resume", "--continue", "--command", program["agent.sh"], "--json");
        Assert.True(resumed.Code == 0, resumed.Error);
        var branch = JsonDocument.Parse(resumed.Output).RootElement.GetProperty("branch").GetString()!;
        foreach (var file in new[] { "one", "two" }) Assert.Equal(file, program.Git("show", $"{branch}:{file}.txt").Output.Trim());
    }

    [Fact]
    public void Recordings_of_the_same_second_and_slug_do_not_overwrite_each_other()
    {
        program.Script("agent.sh", "echo done\n");
        var running = Enumerable.Range(0, 3).Select(_ => program.Start("run", "--agent", "command", "--command", "./agent.sh", "-o", "logs", "-s", "same", "Again")).ToList();
        foreach (var process in running) Assert.Equal(0, Program.Wait(process).Code);
        var recordings = Directory.GetFiles(program["logs"], "*-same*.jsonl");
        Assert.Equal(3, recordings.Length);
        Assert.All(recordings, r => Assert.Contains("\"type\":\"end\"", File.ReadAllText(r)));
    }

    [Fact]
    public void A_secret_never_reaches_the_disk_or_the_terminal()
    {
        const string secret = "sk-ant-api03-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";
        program.Script("agent.sh", "echo \"the key is $(cat)\"\n");
        var ended = program.Run("run", "--agent", "command", "--command", "./agent.sh", "--json", $"Use {secret}");
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain(secret, ended.Output + ended.Error);
        foreach (var file in Directory.GetFiles(program[".autopilot"], "*", SearchOption.AllDirectories)) Assert.DoesNotContain(secret, File.ReadAllText(file));
    }
}
