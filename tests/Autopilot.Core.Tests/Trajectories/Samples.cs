using System.Text.Json;

using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Testing;

namespace Autopilot.Core.Tests.Trajectories;

internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static TrajectoryHeader Header { get; } = new(Start)
    {
        RunId = "run1",
        SessionId = "3f1c2d4e-0000-4000-8000-000000000001",
        Agent = "claude",
        Model = "opus",
        WorkingFolder = "/home/dev/app",
        RepositorySha = "c0ffee1",
        Branch = "main",
        Prompt = "Mend the \"thing\"\nplease",
        Version = "0.1.0",
    };

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static RecordedEvent Event(long sequence, AgentEvent e) => new(sequence, Start.AddSeconds(sequence), e);

    public static AgentOutcome Outcome { get; } = new()
    {
        Kind = OutcomeKind.Completed,
        Detail = "done",
        SessionId = "s",
        FinalText = "ok",
        Usage = new(1, 2, 3, 4),
        CostUsd = 0.06533264999999999m,
        CostBasis = "agent",
        Turns = 3,
        FilesChanged = ["a.txt"],
        Duration = TimeSpan.FromMilliseconds(1234),
    };

    /// <summary>A session in which everything happens that the record has a form for.</summary>
    public static IReadOnlyList<TrajectoryEntry> Everything { get; } =
    [
        Header,
        Event(1, new SessionStarted("s", "opus", "2.1", ["Read", "Bash"])),
        Event(2, new UserText("hello")),
        Event(3, new ModelCall("m1", new(10, 20, 30, 40))),
        Event(4, new Thinking("hm ✓ 🦉", "c2lnbmF0dXJl")),
        Event(5, new AssistantText("text\twith \u0001 control", "m1")),
        Event(6, new ToolCall("Bash", "toolu_1", Json("""{"command":"ls -l","n":[1,2.50,null]}"""), "parent")),
        Event(7, new ToolDenied("Write", "not allowed")),
        Event(8, new ToolResult("toolu_1", false, "Exit code 2\nno")),
        Event(9, new ToolResult("toolu_2", true, null)),
        Event(10, new FileChanged("a.txt", "add", "A\n")),
        Event(11, new Subagent("toolu_3", "Explore", "started", "look")),
        Event(12, new AgentStatus("compacting")),
        Event(13, new ModelRetry(2, FailureKind.Overload, TimeSpan.FromMilliseconds(1500), "529")),
        Event(14, new UsageReported(new(5, 6, 7, 8), 0.5m, "opus")),
        Event(15, new ModelCall(null)),
        Event(16, new TurnEnded(FailureKind.RateLimit, LimitKind.Quota, "later", 4, Start)),
        Event(17, new Unrecognized("{", "not JSON")),
        Event(18, new AgentStderr("warning")),
        new TrajectoryEnd(19, Start.AddSeconds(19), Outcome),
        new ResumeMarker(20, Start.AddSeconds(20), "s", "go on") { Agent = "codex", Model = "gpt" },
        new TrajectoryEnd(21, Start.AddSeconds(21), Outcome with { Kind = OutcomeKind.Limited, Limit = LimitKind.Budget, RetryAt = Start, ExitCode = 1, Signal = 15 }),
    ];

    public static byte[] Encode(IEnumerable<TrajectoryEntry> entries)
    {
        using var writer = new TrajectoryWriter();
        using var bytes = new MemoryStream();
        foreach (var entry in entries) bytes.Write(writer.Encode(entry).Span);
        return bytes.ToArray();
    }

    public static (List<TrajectoryEntry> Entries, ReadReport Report) Read(byte[] bytes, string name = "test.jsonl")
    {
        var report = new ReadReport(name);
        using var stream = new MemoryStream(bytes);
        return ([.. TrajectoryReader.Read(stream, report)], report);
    }

    public static (List<TrajectoryEntry> Entries, ReadReport Report) ReadFile(string path) => Read(File.ReadAllBytes(path), Path.GetFileName(path));

    /// <summary>Entries in a form that compares by content: records hold JSON and lists, which compare by reference.</summary>
    public static string[] Lines(IEnumerable<TrajectoryEntry> entries) => System.Text.Encoding.UTF8.GetString(Encode(entries)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static string Fixture(string name) => Path.Combine(Recordings.Repository, "tests/Autopilot.Core.Tests/Trajectories/Fixtures", name);

    public static string Recording(string name)
    {
        Skip.If(Recordings.Trajectories is null, "the recorded trajectories are not on this machine");
        return Path.Combine(Recordings.Trajectories!, name);
    }
}
