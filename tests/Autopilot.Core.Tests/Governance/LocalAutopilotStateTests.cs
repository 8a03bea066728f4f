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
    [InlineData("""{ "version": "1" }""", "'version'")]
    [InlineData("""{ "version": null }""", "'version'")]
    [InlineData("""{ "version": 1, "mode": "sideways" }""", "'mode'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "nobody" }""", "'set_by'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "user", "set_at": "soon" }""", "'set_at'")]
    [InlineData("""{ "version": 1, "mode": "on_temporary", "set_by": "user", "set_at": "2025-06-01T10:00:00Z" }""", "'temporary_until'")]
    [InlineData("""{ "version": 1, "mode": "off", "set_by": "user", "set_at": "2025-06-01T10:00:00Z", "transition_history": [{ "ts": "2025-06-01T10:00:00Z", "from": "off", "to": "on", "actor": "user" }] }""", "'transition_history[0].to'")]
    public void What_is_no_such_file_is_refused_with_the_place(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UserErrorException>(() => LocalAutopilotState.Parse(text, "f")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("atlas", "on_permanent", 0, 0, "invariant:atlas_cannot_set_on_permanent")]
    [InlineData("agent", "on_temporary", -1, 23, null)]
    [InlineData("agent", "on_temporary", -1, 24, "invariant:temporary_bounded:agent_at_most_24h")]
    [InlineData("agent", "on_temporary", 100, 110, "invariant:temporary_bounded:agent_at_most_24h")]
    [InlineData("system", "on_temporary", -1, 1, "invariant:system_only_expires")]
    [InlineData("atlas", "off", 0, 0, null)]
    [InlineData("user", "on_permanent", 0, 0, null)]
    [InlineData("user", "on_temporary", -1, 100, null)]
    public void Nobody_has_more_rights_by_a_file_than_here(string actor, string mode, int set, int until, string? refusal)
    {
        var state = LocalAutopilotState.Parse(Set(actor, mode, set, until, "[]"), "f").State;
        Assert.Equal(refusal, ModeTable.RefusalOfForeign(state, Now));
    }

    [Fact]
    public void A_period_that_was_lengthened_began_when_it_began()
    {
        var history = $$"""
            [{ "ts": "{{Now.AddHours(-20):O}}", "from": "off", "to": "on_temporary", "actor": "atlas" },
             { "ts": "{{Now.AddHours(-1):O}}", "from": "on_temporary", "to": "on_temporary", "actor": "atlas" }]
            """;
        var state = LocalAutopilotState.Parse(Set("atlas", "on_temporary", -1, 20, history), "f").State;
        Assert.Equal(Now.AddHours(-20), state.Since);
        Assert.Equal(RefusalCodes.AgentAtMostOneDay, ModeTable.RefusalOfForeign(state, Now));
    }

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static string Set(string actor, string mode, int set, int until, string history) => $$"""
        { "version": 1, "mode": "{{mode}}", "set_by": "{{actor}}", "set_at": "{{Now.AddHours(set):O}}", "temporary_until": "{{Now.AddHours(until):O}}", "transition_history": {{history}} }
        """;
}
