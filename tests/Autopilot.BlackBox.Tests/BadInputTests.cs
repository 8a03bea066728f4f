using Autopilot.Testing;

namespace Autopilot.BlackBox.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly Program program = new();

    public BadInputTests() => program.Script("agent.sh", "cat > /dev/null\necho done\n");

    public void Dispose() => program.Dispose();

    public static TheoryData<string[], string> Refused { get; } = new()
    {
        { ["run", ""], "The prompt is empty" },
        { ["run", "-"], "The prompt is empty" },
        { ["run", "--agent", "cluade", "hi"], "Known agents: claude, codex" },
        { ["run", "--agent", "command", "hi"], "--command ./agent.sh" },
        { ["run", "--cwd", "no-such-folder", "hi"], "no-such-folder" },
        { ["run", "-b", "-3", "hi"], "Expected an amount in USD above 0" },
        { ["run", "-b", "lots", "hi"], "Expected an amount in USD above 0" },
        { ["run", "--max-turns", "0", "hi"], "Expected a whole number from 1" },
        { ["run", "--timeout", "5", "hi"], "Expected a duration" },
        { ["run", "--isolatd"], "--isolated" },
        { ["run", "--agnt", "x", "hi"], "--agent" },
        { ["rnu", "hi"], "'run'" },
        { ["resume"], "Which session?" },
        { ["resume", "nope"], "nope" },
        { ["resume", "agent.sh"], "not a recording" },
        { ["session", "show", "nope"], "No session was ever run" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Is_a_usage_error_with_one_clear_message(string[] arguments, string words)
    {
        var ended = program.Run(arguments);
        Assert.Equal(2, ended.Code);
        Assert.Contains(words, ended.Error);
        Assert.DoesNotContain("   at ", ended.Error);
        Assert.False(Directory.Exists(program[".autopilot/runs"]), "nothing may have been run");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\0\u0001\u0002binary", "binary")]
    [InlineData("{\"autopilot\":\"trajectory/99\"}\n", "99")]
    [InlineData("{\"autopilot\":\"traj", "")]
    public void A_recording_that_is_none_is_refused(string content, string words)
    {
        File.WriteAllText(program["bad.jsonl"], content);
        var ended = program.Run("resume", "bad.jsonl");
        Assert.Equal(2, ended.Code);
        Assert.Contains(words, ended.Error);
        Assert.Equal(content, File.ReadAllText(program["bad.jsonl"]));
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("replay")]
    [InlineData("replay", "--summary")]
    [InlineData("trajectory", "render", "--to", "text")]
    [InlineData("compare", "good.jsonl")]
    public void It_cannot_be_read_by_any_command(params string[] command)
    {
        File.WriteAllText(program["good.jsonl"], "{\"autopilot\":\"trajectory/1\",\"at\":\"2026-11-21T08:00:00Z\",\"agent\":\"command\",\"prompt\":\"hi\",\"version\":\"0.1.0\"}\n");
        foreach (var (content, words) in new[] { ("", "is empty"), ("\0\u0001\u0002binary", "binary"), ("{\"autopilot\":\"trajectory/99\"}\n", "99"), ("{\"autopilot\":\"traj", "cut"), (null, "bad.jsonl") })
        {
            File.Delete(program["bad.jsonl"]);
            if (content is not null) File.WriteAllText(program["bad.jsonl"], content);
            var ended = program.Run([.. command, "bad.jsonl"]);
            Assert.True(ended.Code == 2, $"{content}: {ended.Code} {ended.Output}{ended.Error}");
            Assert.Contains(words, ended.Error);
            Assert.DoesNotContain("   at ", ended.Error);
        }
    }

    [Theory]
    [InlineData("claude", "claude/err-404.jsonl", "There's an issue with the selected model")]
    [InlineData("codex", "codex/err-404.jsonl", "model not found")]
    public void An_unknown_model_fails_and_says_what_to_do(string agent, string stream, string words)
    {
        // Beside the program: the sandbox hides a repository that lies below /tmp.
        File.Copy(Path.Combine(Recordings.Repository, "tests/Autopilot.Agents.Tests/Fixtures", stream), program["stream.jsonl"]);
        program.Script($"bin/{agent}", $"cat > /dev/null\ncat '{program["stream.jsonl"]}'\nexit 1\n");
        program.Variables["PATH"] = $"{program["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        var ended = program.Run("run", "--agent", agent, "-m", "nosuch", "hi");
        Assert.Equal(1, ended.Code);
        Assert.Contains(words, ended.Output);
        Assert.Contains("Choose a model that this key may use (--model).", ended.Output);
    }

    [Fact]
    public void A_configuration_with_a_duplicate_key_is_refused_with_its_place()
    {
        File.WriteAllText(program["autopilot.yaml"], "sandbox: off\nsandbox: off\n");
        var ended = program.Run("run", "--agent", "command", "--command", "./agent.sh", "hi");
        Assert.Equal(2, ended.Code);
        Assert.Contains("autopilot.yaml:2:1", ended.Error);
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_refused()
    {
        File.WriteAllText(program["logs"], "");
        var ended = program.Run("run", "--agent", "command", "--command", "./agent.sh", "-o", "logs", "hi");
        Assert.Equal(2, ended.Code);
        Assert.Contains("logs", ended.Error);
    }

    [Fact]
    public void A_missing_executable_fails_and_says_so()
    {
        var ended = program.Run("run", "--agent", "command", "--command", "./nope", "hi");
        Assert.Equal(1, ended.Code);
        Assert.Contains("./nope", ended.Output);
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        Assert.Equal(0, program.Run("run", "--dry-run", "--agent", "command", "--command", "./agent.sh", "hi").Code);
        Assert.False(Directory.Exists(program[".autopilot"]));
    }

    [Fact]
    public void A_folder_without_git_works()
    {
        using var bare = new Program(git: false);
        bare.Script("agent.sh", "echo hi > hi.txt\n");
        Assert.Equal(0, bare.Run("run", "--agent", "command", "--command", "./agent.sh", "hi").Code);
        Assert.Equal(2, bare.Run("run", "--isolated", "--agent", "command", "--command", "./agent.sh", "hi").Code);
    }
}
