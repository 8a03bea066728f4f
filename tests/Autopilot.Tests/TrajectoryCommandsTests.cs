using System.Text.Json;
using Autopilot.Core;
using Autopilot.Testing;

namespace Autopilot.Tests;

public sealed class TrajectoryCommandsTests : IDisposable
{
    private static readonly string Log = Path.Combine(Recordings.Repository, "tests/Autopilot.Core.Tests/Trajectories/Fixtures/claude-session-edit.jsonl");
    private static readonly string Rollout = Path.Combine(Recordings.Repository, "tests/Autopilot.Core.Tests/Trajectories/Fixtures/codex-rollout-edit.jsonl");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_session_log_is_imported_masked_and_then_measured()
    {
        folder.Write("logs/one.jsonl", File.ReadAllText(Log).Replace("Reading first.", "Reading with AKIAIOSFODNN7EXAMPLE first.", StringComparison.Ordinal));
        folder.Write("logs/two.jsonl", File.ReadAllText(Rollout));
        folder.Write("logs/other.json", "{}");
        var import = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Done, await import.Run("trajectory", "import", "logs", "-o", "records"));
        Assert.Contains("2 imported", import.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIAIOSFODNN7EXAMPLE", File.ReadAllText(folder["records/one.jsonl"]), StringComparison.Ordinal);

        var analyze = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Done, await analyze.Run("analyze", "records", "--json"));
        using var json = JsonDocument.Parse(analyze.Output);
        Assert.Equal(2, json.RootElement.GetProperty("aggregate").GetProperty("sessions").GetInt32());
        Assert.Equal(4, json.RootElement.GetProperty("aggregate").GetProperty("total_tool_calls").GetInt32());
    }

    [Fact]
    public async Task An_import_leaves_what_is_there()
    {
        folder.Write("one.jsonl", File.ReadAllText(Log));
        folder.Write("out/one.jsonl", "mine");
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Done, await console.Run("trajectory", "import", "one.jsonl", "-o", "out"));
        Assert.Equal("mine", File.ReadAllText(folder["out/one.jsonl"]));
    }

    [Theory]
    [InlineData("logs", "none of 1 files is a session log or recording")]
    [InlineData("nothing", "there are no session logs in")]
    public async Task An_import_of_nothing_fails(string source, string why)
    {
        folder.Write("logs/other.json", "{}");
        Directory.CreateDirectory(folder["nothing"]);
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Failed, await console.Run("trajectory", "import", source, "-o", "out"));
        Assert.Contains("Nothing could be imported: " + why, console.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.jsonl*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Two_sessions_are_compared()
    {
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Done, await console.Run("compare", Log, Rollout, "--json"));
        using var json = JsonDocument.Parse(console.Output);
        Assert.Equal(-1200, json.RootElement.GetProperty("input_tokens").GetProperty("change").GetInt64());
        Assert.Equal(1, json.RootElement.GetProperty("tools").GetProperty("apply_patch").GetProperty("change").GetInt64());
    }

    [Fact]
    public async Task A_session_is_listed_step_by_step()
    {
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Done, await console.Run("replay", Log));
        var lines = console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, lines.Length);
        Assert.Contains("a: Reading first.", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rlog", "@start id=667ae506")]
    [InlineData("json", "\"session_id\": \"667ae506")]
    [InlineData("atif", "\"schema_version\": \"ATIF-v1.7\"")]
    [InlineData("text", "Now editing.")]
    public async Task A_recording_is_rendered_and_nothing_is_overwritten(string form, string expected)
    {
        Assert.Equal(ExitCodes.Done, await new Console { Folder = folder.Path }.Run("trajectory", "render", Log, "--to", form, "-o", "out"));
        Assert.Contains(expected, File.ReadAllText(folder["out"]), StringComparison.Ordinal);
        var again = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Usage, await again.Run("trajectory", "render", Log, "--to", form, "-o", "out"));
        Assert.Contains("nothing is overwritten", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_recording_is_not_valid()
    {
        Assert.Equal(ExitCodes.Done, await new Console { Folder = folder.Path }.Run("trajectory", "validate", Log));
        folder.Write("cut.jsonl", File.ReadAllText(Log)[..^10]);
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Failed, await console.Run("trajectory", "validate", "cut.jsonl"));
        Assert.Contains("cut at byte", console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("analyze", "missing.jsonl")]
    [InlineData("replay", "binary")]
    [InlineData("compare", "empty", "empty")]
    [InlineData("trajectory", "validate", "empty")]
    [InlineData("trajectory", "import")]
    [InlineData("replay", "empty", "--speed", "-1")]
    [InlineData("replay", "empty", "--speed", "abc")]
    [InlineData("replay", "empty", "--speed", "inf")]
    [InlineData("replay", "empty", "--speed", "1e-300")]
    public async Task Bad_input_is_a_usage_error(params string[] args)
    {
        folder.Write("empty", "");
        folder.Write("binary", "\u007fELF\0\0");
        var console = new Console { Folder = folder.Path };
        Assert.Equal(ExitCodes.Usage, await console.Run(args));
        Assert.NotEmpty(console.Error);
    }

    public void Dispose() => folder.Dispose();
}
