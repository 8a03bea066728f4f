using System.Text.Json;
using Autopilot.BlackBox.Tests;
using BuiltProgram = Autopilot.BlackBox.Tests.Program;

namespace Autopilot.RealAgents.Tests;

/// <summary>What a person does with the built program and a real agent: run, pull the plug, resume, study, begin afresh.</summary>
[Collection(FailingProvidersCollection.Name)]
public class ProgramTests(RealAgents agents)
{
    private const int Kill = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [SkippableTheory]
    [InlineData("claude", ".claude")]
    [InlineData("codex", ".codex")]
    public async Task A_session_survives_the_plug_and_even_the_loss_of_its_past(string agent, string state)
    {
        using var program = agents.OpenProgram();
        var whole = program.Run("run", "--agent", agent, "--json", "[[mock:write-file]] Say hello");
        Assert.True(whole.Code == 0, whole.Error);
        Assert.Equal("hello from the model\n", File.ReadAllText(program["hello.txt"]));
        Assert.Contains("hello.txt", Report(whole).GetProperty("files_changed").EnumerateArray().Select(f => f.GetString()));
        File.Delete(program["hello.txt"]);

        await KillHalfWay(program, agent);
        var resumed = program.Run("resume", "--continue", "--prompt", "[[mock:write-file]] Go on", "--json");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal("hello from the model\n", File.ReadAllText(program["hello.txt"]));
        Assert.False(File.Exists(program["slow.txt"]), "the agent lived on without its supervisor");

        var recordings = new[] { whole, resumed }.Select(r => Report(r).GetProperty("recording").GetString()!).ToArray();
        foreach (var recording in recordings) Assert.Equal(0, program.Run("analyze", recording, "--json").Code);
        Assert.Equal(0, program.Run("compare", recordings[0], recordings[1], "--json").Code);
        Assert.Contains("\"type\":\"resume\"", File.ReadAllText(recordings[1]));

        Directory.Delete(Path.Combine(program.Home, state), recursive: true);
        var lost = program.Run("resume", recordings[1], "--prompt", "[[mock:hello]] Once more", "--json");
        Assert.True(lost.Code == 1, lost.Error);
        Assert.Contains("--fresh", lost.Error);
        var fresh = program.Run("resume", Report(lost).GetProperty("run_id").GetString()!, "--fresh", "--prompt", "[[mock:hello]] Once more", "--json");
        Assert.True(fresh.Code == 0, fresh.Error);
        Assert.Equal(recordings[1], Report(fresh).GetProperty("recording").GetString());
    }

    private async Task KillHalfWay(BuiltProgram program, string agent)
    {
        var prompt = $"[[mock:bash-slow]] {Guid.NewGuid():N}";
        using var running = program.Start("run", "--agent", agent, prompt);
        // The command runs when the session shows it; that the model was asked tells when it is about to.
        await agents.Server.Log.First(s => s.Request.Prompt.Contains(prompt, StringComparison.Ordinal)).WaitAsync(Patience);
        BuiltProgram.Await(running, "sleep 0.1");
        BuiltProgram.Signal(running, Kill);
        Assert.Equal(128 + Kill, BuiltProgram.Wait(running).Code);
    }

    private static JsonElement Report(Ended ended) => JsonDocument.Parse(ended.Output).RootElement;
}
