using System.Collections;
using System.Reflection;
using System.Text.Json;
using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;

namespace Autopilot.Core.Tests.Trajectories;

public sealed class EntryRedactionTests
{
    private const string Secret = "hunter2";

    private static readonly WordRedactor redactor = new();

    public static TheoryData<Type> Events { get; } = new(typeof(AgentEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AgentEvent)) && !t.IsAbstract));

    [Theory]
    [MemberData(nameof(Events))]
    public void No_field_of_an_event_is_passed_over(Type type)
    {
        var constructor = type.GetConstructors().Single(c => c.GetParameters().Length > 0);
        var leak = (AgentEvent)constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType))]);
        Assert.Contains(Secret, string.Join(' ', Texts(leak)), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Join(' ', Texts(leak.Redacted(redactor))), StringComparison.Ordinal);
    }

    [Fact]
    public void No_field_of_an_outcome_is_passed_over()
    {
        var leak = new AgentOutcome { Kind = OutcomeKind.Completed, Detail = Secret, SessionId = Secret, Model = Secret, FinalText = Secret, Denials = [Secret], FilesChanged = [Secret] };
        var end = (TrajectoryEnd)new TrajectoryEnd(1, DateTimeOffset.UnixEpoch, leak).Redacted(redactor);
        Assert.DoesNotContain(Secret, string.Join(' ', Texts(end.Outcome)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_session_id_or_model_of_a_header_or_a_resume_is_passed_over()
    {
        var header = new TrajectoryHeader(DateTimeOffset.UnixEpoch) { Agent = "claude", SessionId = Secret, Model = Secret, AgentVersion = Secret, WorkingFolder = Secret, Branch = Secret, Prompt = Secret };
        var marker = new ResumeMarker(1, DateTimeOffset.UnixEpoch, Secret, Secret) { Model = Secret };
        Assert.DoesNotContain(Secret, string.Join(' ', Texts(header.Redacted(redactor)).Concat(Texts(marker.Redacted(redactor)))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_stays_so_that_a_session_can_be_resumed()
    {
        var started = new SessionStarted("0b7c2f7e-5d0d-4b62-9a51-3f6a8a4c1d2e", "claude-opus-4-5-20251101", "2.1.0", ["Bash", "mcp__linear__get_issue"]);
        var safe = (SessionStarted)started.Redacted(redactor);
        Assert.Equal((started.SessionId, started.Model, started.Version), (safe.SessionId, safe.Model, safe.Version));
        Assert.Equal(started.Tools, safe.Tools);
        var text = new AssistantText("hello", "msg_01AbCdEf");
        Assert.Same(text, text.Redacted(redactor));
    }

    private static object? Value(Type type) =>
        type == typeof(string) ? Secret
        : type == typeof(IReadOnlyList<string>) ? new[] { Secret }
        : type == typeof(JsonElement) ? JsonDocument.Parse($"\"{Secret}\"").RootElement
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static IEnumerable<string> Texts(object value) => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(p => p.GetValue(value))
        .SelectMany(v => v is IEnumerable list and not string ? list.Cast<object?>() : [v])
        .Select(v => v?.ToString() ?? "");

    private sealed class WordRedactor : IRecordRedactor
    {
        public string Redact(string text) => text.Contains(Secret, StringComparison.Ordinal) ? text.Replace(Secret, "[REDACTED]", StringComparison.Ordinal) : text;

        public JsonElement Redact(JsonElement json) => JsonDocument.Parse(Redact(json.GetRawText())).RootElement;
    }
}
