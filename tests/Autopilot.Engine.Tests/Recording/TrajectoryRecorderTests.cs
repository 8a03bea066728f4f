using System.Text.Json;

using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Recording;

public sealed class TrajectoryRecorderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string RecordPath => folder["trajectory.jsonl"];

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"header\"")]
    public void A_record_that_a_killed_process_left_without_a_line_gives_way_to_a_new_one(string left)
    {
        File.WriteAllText(RecordPath, left);
        File.WriteAllText(folder["trajectory.rlog"], "");
        Assert.False(TrajectoryFile.IsBegun(RecordPath));
        using var recorder = Create();
        Assert.True(TrajectoryFile.IsBegun(RecordPath));
    }

    [Fact]
    public void Every_event_is_in_the_files_before_the_next_is_taken()
    {
        using var recorder = Create();
        recorder.Record(new SessionStarted("session-1", "opus", "2.1", []));
        Assert.Equal(2, Read().Count);
        recorder.Record(new AssistantText("hello"));
        Assert.Equal(3, Read().Count);
        Assert.EndsWith("a: hello\n", File.ReadAllText(recorder.TextPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_that_came_together_are_in_the_files_before_the_agent_is_listened_to_again()
    {
        using var recorder = Create();
        recorder.Gather(moreFollow: true);
        recorder.Record(new AssistantText("first"));
        recorder.Gather(moreFollow: true);
        recorder.Record(new AssistantText("second"));
        Assert.Single(Read());
        recorder.Gather(moreFollow: false);
        Assert.Equal(3, Read().Count);
        recorder.Record(new AssistantText("third"));
        Assert.Equal([1L, 2, 3], Read().Skip(1).Select(Sequence));
        Assert.EndsWith("a: first\na: second\na: third\n", File.ReadAllText(recorder.TextPath), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_gathered_is_written_at_the_end_and_when_it_is_much()
    {
        using (var recorder = Create())
        {
            recorder.Gather(moreFollow: true);
            recorder.Record(new AssistantText("first"));
            recorder.Record(new AssistantText(new string('x', 2_000_000)));
            Assert.Equal(3, Read().Count);
            recorder.Record(new AssistantText("last"));
        }

        Assert.Equal(4, Read().Count);
    }

    [Fact]
    public void The_text_form_waits_for_the_session_id_and_is_never_rewritten()
    {
        using var recorder = Create();
        Assert.Equal("", File.ReadAllText(recorder.TextPath));
        recorder.Record(new SessionStarted("session-1", "opus", "2.1", []));
        var before = File.ReadAllText(recorder.TextPath);
        Assert.Contains("\nid: session-1\n", before, StringComparison.Ordinal);
        Assert.EndsWith("\n---\n\n@start id=session- ts=2026-01-02T03:04:05Z\n@init model=opus\n", before, StringComparison.Ordinal);
        recorder.Record(new SessionStarted("session-1", "opus", "2.1", []));
        recorder.End(Outcome);
        Assert.StartsWith(before, File.ReadAllText(recorder.TextPath), StringComparison.Ordinal);
        Assert.EndsWith("@end tokens_in=1 tokens_out=2 cost_usd=0.5000\n", File.ReadAllText(recorder.TextPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_unredacted()
    {
        using (var recorder = TrajectoryRecorder.Create(RecordPath, Header with { Prompt = "use hunter2" }, new PlainRedactor(), clock))
        {
            foreach (var e in Leaks) recorder.Record(e);
            recorder.End(Outcome with { Detail = "hunter2", FinalText = "hunter2", FilesChanged = ["hunter2"] });
        }
        using (TrajectoryRecorder.Resume(RecordPath, "s", "again hunter2", new PlainRedactor(), clock)) { }
        Assert.DoesNotContain(PlainRedactor.Secret, File.ReadAllText(RecordPath), StringComparison.Ordinal);
        Assert.DoesNotContain(PlainRedactor.Secret, File.ReadAllText(folder["trajectory.rlog"]), StringComparison.Ordinal);
        // One for each event (two for the unreadable line), the prompts, and three in the outcome.
        Assert.Equal(Leaks.Length + 1 + 2 + 3, File.ReadAllText(RecordPath).Split("[REDACTED]").Length - 1);
    }

    [Fact]
    public void A_private_key_that_comes_line_by_line_is_masked_in_each_stream()
    {
        const string body = "MIIEpAIBAAKCAQEA7q1Yv9bT0w2Vx8nJx0Qw3Zk5t7Lr2Hc9Dm4Fs6Gp1Ba8Ne3K";
        string[] lines = ["-----BEGIN RSA PRIVATE KEY-----", body, body, "-----END RSA PRIVATE KEY-----", "that was it"];
        var shown = new List<AgentEvent>();
        using (var recorder = TrajectoryRecorder.Create(RecordPath, Header, new SecretRedactor(new Redactor([])), clock))
            foreach (var line in lines)
                foreach (var e in new AgentEvent[] { new AssistantText(line), new AgentStderr(line), new ToolResult("1", true, line), new ToolResult("2", true, "other"), new Thinking(line) })
                    shown.Add(recorder.Record(e));
        foreach (var text in new[] { File.ReadAllText(RecordPath), File.ReadAllText(folder["trajectory.rlog"]), string.Join('\n', shown) })
        {
            Assert.DoesNotContain("MIIE", text, StringComparison.Ordinal);
            Assert.Contains("that was it", text, StringComparison.Ordinal);
        }

        Assert.Equal(5, shown.Count(e => e is ToolResult { Output: "other" }));
    }

    [Fact]
    public void No_recording_is_ever_overwritten()
    {
        Create().Dispose();
        var before = File.ReadAllBytes(RecordPath);
        var error = Assert.Throws<UserErrorException>(Create);
        Assert.Contains("no recording is ever overwritten", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(RecordPath));
    }

    [Fact]
    public void A_resumed_session_goes_on_in_the_same_record()
    {
        using (var recorder = Create())
        {
            recorder.Record(new AssistantText("first"));
            recorder.End(Outcome);
        }
        var before = File.ReadAllBytes(RecordPath);
        using (var recorder = TrajectoryRecorder.Resume(RecordPath, "session-1", "go on", new PlainRedactor(), clock))
        {
            recorder.Record(new AssistantText("second"));
            recorder.End(Outcome);
        }
        Assert.Equal(before, File.ReadAllBytes(RecordPath)[..before.Length]);
        var entries = Read();
        Assert.Equal([1L, 2, 3, 4, 5], entries.Skip(1).Select(Sequence));
        Assert.Equal(1.0m, TrajectorySummary.Of(entries).CostUsd);
    }

    [SkippableFact]
    public void A_record_has_one_writer_at_a_time()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs open file description locks");
        using (var first = Create())
        {
            var error = Assert.Throws<UserErrorException>(() => TrajectoryRecorder.Resume(RecordPath, "session-1", null, new PlainRedactor(), clock));
            Assert.Contains("is being written by another process", error.Message, StringComparison.Ordinal);
            Assert.Equal(ExitCodes.Blocked, error.ExitCode);
            first.Record(new AssistantText("still mine"));
            Assert.Equal(2, Read().Count);
        }
        using (TrajectoryRecorder.Resume(RecordPath, "session-1", null, new PlainRedactor(), clock)) { }
        Assert.Equal(3, Read().Count);
    }

    [Fact]
    public void A_record_torn_by_a_kill_is_continued_on_a_new_line()
    {
        using (var recorder = Create())
        {
            recorder.Record(new AssistantText("first"));
            recorder.Record(new AssistantText("torn"));
        }
        var bytes = File.ReadAllBytes(RecordPath);
        File.WriteAllBytes(RecordPath, bytes[..^9]);
        using (TrajectoryRecorder.Resume(RecordPath, "session-1", null, new PlainRedactor(), clock)) { }
        var report = new ReadReport("t");
        var entries = TrajectoryFile.Read(RecordPath, report).ToList();
        Assert.Equal(1, report.Unreadable);
        Assert.IsType<ResumeMarker>(entries[^1]);
        Assert.Equal(3, entries.Count);
    }

    [Fact]
    public void A_folder_or_a_missing_file_is_a_clear_error()
    {
        Assert.Contains("is a folder", Assert.Throws<UserErrorException>(() => TrajectoryFile.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => TrajectoryFile.Open(folder["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", Assert.Throws<UserErrorException>(() =>
            TrajectoryRecorder.Create(folder["none/x.jsonl"], Header, new PlainRedactor(), clock)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_full_disk_is_a_clear_error_and_earlier_records_stay()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full here");
        File.CreateSymbolicLink(folder["full.jsonl"], "/dev/full");
        using var recorder = Create();
        recorder.Record(new AssistantText("kept"));
        File.Delete(recorder.TextPath);
        Assert.Throws<UserErrorException>(() => TrajectoryRecorder.Create(folder["full.jsonl"], Header, new PlainRedactor(), clock));
        Assert.Equal(2, Read().Count);
    }

    public void Dispose() => folder.Dispose();

    private static AgentOutcome Outcome { get; } = new() { Kind = OutcomeKind.Completed, Detail = "", Usage = new(1, 2, 0, 0), CostUsd = 0.5m };

    private static TrajectoryHeader Header { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { Agent = "claude", Prompt = "p", Version = "0.1.0" };

    private static AgentEvent[] Leaks { get; } =
    [
        new UserText("hunter2"), new AssistantText("hunter2"), new Thinking("hunter2"),
        new ToolCall("Bash", "1", JsonDocument.Parse("""{"command":"echo hunter2"}""").RootElement),
        new ToolResult("1", true, "hunter2"), new ToolDenied("Bash", "hunter2"), new FileChanged("a", "add", "hunter2"),
        new Subagent("2", "Explore", "done", "hunter2"), new AgentStatus("hunter2"), new ModelRetry(1, FailureKind.Overload, null, "hunter2"),
        new TurnEnded(FailureKind.Unknown, LimitKind.None, "hunter2"), new Unrecognized("hunter2", "hunter2"), new AgentStderr("hunter2"),
    ];

    private TrajectoryRecorder Create() => TrajectoryRecorder.Create(RecordPath, Header, new PlainRedactor(), clock);

    private List<TrajectoryEntry> Read() => [.. TrajectoryFile.Read(RecordPath, new ReadReport("t"))];

    private static long Sequence(TrajectoryEntry entry) => entry switch
    {
        RecordedEvent e => e.Sequence,
        ResumeMarker e => e.Sequence,
        TrajectoryEnd e => e.Sequence,
        _ => 0,
    };
}
