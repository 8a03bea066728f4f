using System.Text.Json;
using Autopilot.Commands;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Rendering;
using Autopilot.Testing;

namespace Autopilot.Tests.Governor;

public sealed class GovernorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_mode_is_set_shown_and_ends_in_time()
    {
        Assert.Equal(ExitCodes.Done, await Run("temp", "an evening", "--for", "2h"));
        Assert.Equal("on_temporary", (await Status()).GetProperty("mode").GetString());
        clock.Advance(TimeSpan.FromHours(2));
        var status = await Status();
        Assert.Equal(("off", "system"), (status.GetProperty("mode").GetString(), status.GetProperty("set_by").GetString()));
    }

    [Fact]
    public async Task An_end_that_cannot_be_recorded_is_shown_and_counted()
    {
        Assert.Equal(ExitCodes.Done, await Run("temp", "an evening", "--for", "2h"));
        clock.Advance(TimeSpan.FromHours(2));
        File.Delete(folder["home/mode.lock"]);
        Directory.CreateDirectory(folder["home/mode.lock"]);
        var status = await Status();
        Assert.Equal("off", status.GetProperty("mode").GetString());
        Assert.Contains("cannot be written", status.GetProperty("unrecorded").GetString());
        Assert.Contains("warning: not recorded: the end of the temporary period", error.ToString());
        await Run("counters");
        Assert.Contains("autopilot_failures_total{where=\"mode\",kind=\"end_not_recorded\"} 2", output.ToString());
    }

    [Theory]
    [InlineData("--until", "garbage", "invariant:temporary_bounded:unreadable_until")]
    [InlineData("--until", "2001-01-01T00:00:00Z", "invariant:temporary_bounded:until_not_in_future")]
    [InlineData("--for", "soon", "invariant:temporary_bounded:unreadable_until")]
    public async Task A_bad_end_is_refused_and_recorded(string option, string value, string code)
    {
        Assert.Equal(ExitCodes.Refused, await Run("temp", "x", option, value));
        Assert.Contains($"BLOCKED: {code}", error.ToString());
        Assert.Equal(code, (await Status()).GetProperty("history")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_agent_is_refused_by_its_environment_alone()
    {
        Assert.Equal(ExitCodes.Refused, await RunAs(new() { ["AUTOPILOT_SESSION"] = "x" }, "on"));
        Assert.Equal(ExitCodes.Refused, await RunAs(new() { ["AUTOPILOT_SESSION"] = "" }, "kill"));
        await Run("counters");
        Assert.Contains("autopilot_transitions_total{actor=\"agent\",from_mode=\"off\",outcome=\"blocked\",to_mode=\"on_permanent\"} 1", output.ToString());
        Assert.Contains("autopilot_refusals_total{actor=\"agent\",code=\"invariant:user_lock:kill_switch_is_user_only\",what=\"kill\"} 1", output.ToString());
    }

    [Fact]
    public async Task The_kill_switch_is_pulled_shown_and_released()
    {
        Assert.Equal(ExitCodes.Done, await Run("kill", "--reason", "wrong branch"));
        Assert.Equal("wrong branch", (await Status()).GetProperty("kill_reason").GetString());
        Assert.Equal(ExitCodes.Done, await Run("unkill"));
        Assert.False((await Status()).GetProperty("kill_switch").GetBoolean());
    }

    [Fact]
    public async Task The_state_of_local_autopilot_is_taken_over_once_with_its_history()
    {
        var file = folder.Write("autopilot_state.json", Foreign("on_permanent"));
        Assert.Equal(ExitCodes.Done, await Run("import-state", file));
        Assert.Contains("Imported 2 of 2 transitions; 0 were there already.", output.ToString());
        var status = await Status();
        Assert.Equal(("on_permanent", "user"), (status.GetProperty("mode").GetString(), status.GetProperty("set_by").GetString()));
        Assert.Contains("2025-06-01T09:00:00.0000000Z by agent", status.GetProperty("history")[0].GetProperty("evidence").GetString());
        Assert.Equal(ExitCodes.Done, await Run("import-state", file));
        Assert.Contains("Imported 0 of 2 transitions; 2 were there already.", output.ToString());
        Assert.Equal(3, (await Status()).GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task A_mode_that_was_set_here_outlives_an_import()
    {
        await Run("off", "--reason", "mine");
        await Run("import-state", folder.Write("autopilot_state.json", Foreign("on_permanent")));
        Assert.Contains("The mode stays off: it was set here.", error.ToString());
        Assert.Equal("off", (await Status()).GetProperty("mode").GetString());
    }

    [Fact]
    public async Task An_import_is_refused_to_an_agent_and_a_bad_file_to_everybody()
    {
        var file = folder.Write("autopilot_state.json", Foreign("on_permanent"));
        Assert.Equal(ExitCodes.Refused, await RunAs(new() { ["AUTOPILOT_SESSION"] = "x" }, "import-state", file));
        Assert.Contains("BLOCKED: invariant:user_lock:import_is_user_only", error.ToString());
        Assert.NotEqual(ExitCodes.Done, await Run("import-state", folder.Write("bad.json", Foreign("sideways"))));
        Assert.Contains("'mode': off, on_temporary or on_permanent is expected. Nothing was imported.", error.ToString());
        Assert.NotEqual(ExitCodes.Done, await Run("import-state", folder["missing.json"]));
        Assert.Equal("off", (await Status()).GetProperty("mode").GetString());
    }

    private static string Foreign(string mode) => $$"""
        { "version": 1, "mode": "{{mode}}", "set_by": "user", "set_at": "2025-06-01T10:00:00+00:00", "temporary_until": null,
          "transition_history": [
            { "ts": "2025-06-01T09:00:00+00:00", "from": "off", "to": "on_temporary", "actor": "atlas", "reason": "atlas-decision-1" },
            { "ts": "2025-06-01T10:00:00+00:00", "from": "on_temporary", "to": "on_permanent", "actor": "user", "reason": "go" } ] }
        """;

    [Fact]
    public async Task Errors_of_commands_are_counted_over_restarts()
    {
        await Run("import-state", folder["missing.json"]); // makes no folder only to count in it
        Assert.False(Directory.Exists(folder["home"]));
        await Run("off");
        await Run("import-state", folder["missing.json"]);
        await Run("import-state", folder["missing.json"]);
        folder.Write("autopilot.yaml", "sandbox: requird");
        await Run("run", "x");
        await Run("counters");
        Assert.Contains("autopilot_failures_total{where=\"command\",kind=\"user\"} 2", output.ToString());
        Assert.Contains("autopilot_failures_total{where=\"command\",kind=\"configuration\"} 1", output.ToString());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("kill")]
    [InlineData("budget")]
    [InlineData("run", "--command", "true", "x")]
    public async Task Without_a_place_for_the_state_every_command_says_which_variable_to_set(params string[] command)
    {
        using var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false, colours: false);
        Assert.Equal(ExitCodes.Usage, await CommandLine.Run(command, new Application(terminal, clock, folder.Path, new Dictionary<string, string>())));
        Assert.Contains("set HOME, XDG_STATE_HOME or AUTOPILOT_HOME to a folder of yours", error.ToString());
    }

    private async Task<JsonElement> Status()
    {
        output.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Done, await Run("status", "--json"));
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private Task<int> Run(params string[] args) => RunAs([], args);

    private async Task<int> RunAs(Dictionary<string, string> more, params string[] args)
    {
        var variables = new Dictionary<string, string>(more) { ["AUTOPILOT_HOME"] = folder["home"], ["HOME"] = folder.Path };
        using var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false, colours: false);
        return await CommandLine.Run(args, new Application(terminal, clock, folder.Path, variables));
    }
}
