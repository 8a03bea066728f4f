using Autopilot.Core.Governance;

namespace Autopilot.Core.Tests.Governance;

public class LocalAutopilotStateTests
{
    private const string File = """
        { "version": 1, "mode": "on_permanent", "set_by": "user", "set_at": "2025-06-01T10:00:00.123456+00:00", "temporary_until": null, "temporary_reason": null, "user_lock": true,
          "transition_history": [
            { "ts": "2025-06-01T09:00:00.000001+00:00", "monotonic_ns": 5, "from": "off", "to": "on_temporary", "actor": "atlas", "reason": "atlas-decision-1", "temporary_until": "2025-06-01T09:30:00+00:00" },
            { "ts": "2025-06-01T10:00:00.123456+00:00", "monotonic_ns": 9, "from": "off", "to": "on_permanent", "actor": "user", "reason": "go" } ] }
        """;

    [Fact]
    public void Mode_and_history_are_read()
    {
        var state = LocalAutopilotState.Parse(File, "f");
        Assert.Equal((Mode.OnPermanent, Actor.User, "go"), (state.State.Mode, state.State.SetBy, state.State.Reason));
        Assert.Equal([(Mode.Off, Mode.OnTemporary, Actor.Agent), (Mode.Off, Mode.OnPermanent, Actor.User)], state.History.Select(entry => (entry.From, entry.To, entry.Actor)));
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 9, 0, 0, TimeSpan.Zero).AddMicroseconds(1), state.History[0].At);
    }

    [Theory]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("[]", "an object is expected")]
    [InlineData("{}", "'version'")]
    [InlineData("""{ "version": 2 }""", "'version'")]
    [InlineData("""{ "version": 1, "mode": "sideways" }""", "'mode'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "nobody" }""", "'set_by'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "user", "set_at": "soon" }""", "'set_at'")]
    [InlineData("""{ "version": 1, "mode": "on_temporary", "set_by": "user", "set_at": "2025-06-01T10:00:00Z" }""", "'temporary_until'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "user", "set_at": "2025-06-01T10:00:00Z", "transition_history": [{ "ts": "2025-06-01T10:00:00Z", "from": "off", "to": "on", "actor": "user" }] }""", "'transition_history[0].to'")]
    public void What_is_no_such_file_is_refused_with_the_place(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UserErrorException>(() => LocalAutopilotState.Parse(text, "f")).Message, StringComparison.Ordinal);
}
