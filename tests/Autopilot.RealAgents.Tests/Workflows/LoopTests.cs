using System.Text.Json;
using System.Text.Json.Nodes;
using Autopilot.ModelServer.Scenarios;
using BuiltProgram = Autopilot.BlackBox.Tests.Program;

namespace Autopilot.RealAgents.Tests.Workflows;

/// <summary>A loop of the built program in which the real Claude Code produces and the real Codex verifies.</summary>
[Collection(FailingProvidersCollection.Name)]
public class LoopTests(RealAgents agents)
{
    private static readonly string[] Killed =
    [
        "plan produce", "plan verify", "implement greet produce", "test greet verify", "implement part verify", "test part produce",
        "audit produce", "audit verify", "f1 implement readme produce",
    ];

    private readonly string marker = $"intent-{Guid.NewGuid():N}";

    [SkippableFact]
    public async Task Killed_at_each_kind_of_turn_it_ends_with_its_intent_met_and_git_log_tells_the_story()
    {
        using var program = agents.OpenProgram();
        File.AppendAllText(program["autopilot.yaml"], "roles: { default: claude, reviewer: codex }\nverify: for t in tests/*.sh; do [ ! -e \"$t\" ] || sh \"$t\" || exit 1; done\n");
        var model = new WorkflowModel(marker, [.. Turns()]);
        agents.Server.Book.Add(model.Answer);

        string[] arguments = ["loop", "--intent", $"Greet and part ({marker})"];
        foreach (var turn in Killed)
        {
            await Plug.PullIn(turn, model, program, arguments);
            arguments = ["loop", "--resume"];
        }

        var ended = program.Run("loop", "--resume", "--json");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        var report = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("met", report.GetProperty("state").GetString());
        Assert.Equal(2, report.GetProperty("rounds").GetArrayLength());
        AssertStory(program, report.GetProperty("place").GetString()!);
    }

    private static void AssertStory(BuiltProgram program, string branch)
    {
        var story = Git(program, "log", "--reverse", "--format=%s | %(trailers:key=Autopilot-Agent,valueonly,separator=)", "HEAD.." + branch).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] rounds = ["plan", "implement greet", "test greet", "implement part", "test part", "audit", "plan", "implement readme", "test readme", "audit"];
        Assert.Equal(rounds.SelectMany(at => new[] { $"{at}: producer, cycle 1 | claude", $"{at}: verifier, cycle 1: complete | codex" }), story);
        Assert.Equal("README.md\ngreet\npart\ntests/greet.sh\ntests/part.sh\ntests/readme.sh\n", Git(program, "ls-tree", "-r", "--name-only", branch));
        Assert.Equal("", Git(program, "diff", "--name-only"));
    }

    private IEnumerable<ScriptedTurn> Turns() => Round("f1 ", "Close the gap", ["readme"], Passed)
        .Concat(Round("", "", ["greet", "part"], Gap));

    private static JsonObject Passed => new() { ["status"] = "passed", ["summary"] = "all is there", ["gaps"] = new JsonArray(), ["revised_request"] = null };

    private JsonObject Gap => new()
    {
        ["status"] = "needs_followup",
        ["summary"] = "nobody is told of it",
        ["gaps"] = new JsonArray(new JsonObject { ["id"] = "G1", ["severity"] = "high", ["summary"] = "no README.md", ["evidence"] = new JsonArray("ls"), ["followup"] = "write it" }),
        ["revised_request"] = $"Close the gap: add README.md ({marker})",
    };

    private static IEnumerable<ScriptedTurn> Round(string prefix, string request, string[] phases, JsonObject audit)
    {
        yield return Producer("plan", "", [ToolAction.Write(".autopilot/loop/artifacts/plan/plan.md", "The plan.\n"), ToolAction.Write(".autopilot/loop/artifacts/plan/phase_plan.yaml", PlanOf(phases))]);
        foreach (var phase in phases)
        {
            yield return Producer("implement", phase, [ToolAction.Write(phase == "readme" ? "README.md" : phase, $"echo {phase}\n"), Note("implement", phase, "implementation_notes.md")]);
            yield return Producer("test", phase, [ToolAction.Write($"tests/{phase}.sh", phase == "readme" ? "[ -s README.md ]\n" : $"[ \"$(sh {phase})\" = {phase} ]\n"), Note("test", phase, "test_strategy.md")]);
        }

        yield return new($"{prefix}audit produce", When("producer", "audit", ""), [ModelReply.Do(ToolAction.Read(".autopilot/loop/evidence.md")), ModelReply.Do(ToolAction.Answer(audit))]);
        foreach (var phase in phases)
        {
            yield return Verifier("implement", phase, "correctness behavioural-safety compatibility simplicity validation");
            yield return Verifier("test", phase, "coverage regression edge-cases reliability intent");
        }

        yield return Verifier("plan", "", "intent-fidelity behavioural-safety completeness technical-debt feasibility");
        yield return Verifier("audit", "", "intent-coverage gap-classification evidence revised-request");

        string Name(string pair, string phase, string side) => $"{prefix}{pair}{(phase.Length > 0 ? " " + phase : "")} {side}";
        string[] When(string side, string pair, string phase) => [request, $"You are the {side} of the pair \"{pair}\"", phase.Length > 0 ? $"Phase {phase}:" : ""];
        ScriptedTurn Producer(string pair, string phase, ToolAction[] work) =>
            new(Name(pair, phase, "produce"), When("producer", pair, phase), [ModelReply.Do("I will write it.", work[0]), ModelReply.Do(work[1]), ModelReply.Say("It is written.")]);
        ScriptedTurn Verifier(string pair, string phase, string criteria) =>
            new(Name(pair, phase, "verify"), When("verifier", pair, phase), [ModelReply.Do("I will look.", ToolAction.Bash("ls")), ModelReply.Do(ToolAction.Answer(Report(criteria)))]);
    }

    private static ToolAction Note(string pair, string phase, string name) => ToolAction.Write($".autopilot/loop/artifacts/{pair}/phases/{phase}/{name}", "What was done.\n");

    private static JsonObject Report(string criteria) => new()
    {
        ["criteria"] = new JsonArray([.. criteria.Split(' ').Select(id => new JsonObject { ["id"] = id, ["met"] = true, ["evidence"] = "ls shows it" })]),
        ["findings"] = new JsonArray(),
        ["verdict"] = "complete",
        ["target"] = "candidate",
        ["summary"] = "It is so.",
        ["question"] = null,
        ["supposition"] = null,
    };

    private static string PlanOf(string[] phases) =>
        "version: 1\nphases:\n" + string.Concat(phases.Select((p, i) => $"  - {{phase_id: {p}, title: The {p}, objective: to {p}, {(i > 0 ? $"dependencies: [{phases[i - 1]}], " : "")}in_scope: [{p}], deliverables: [{p}]}}\n"));

    private static string Git(BuiltProgram program, params string[] arguments)
    {
        var ended = program.Git(arguments);
        Assert.True(ended.Code == 0, ended.Error);
        return ended.Output;
    }
}
