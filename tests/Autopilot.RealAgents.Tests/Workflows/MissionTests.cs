using System.Text.Json.Nodes;
using Autopilot.BlackBox.Tests.Missions;
using Autopilot.ModelServer.Scenarios;
using BuiltProgram = Autopilot.BlackBox.Tests.Program;

namespace Autopilot.RealAgents.Tests.Workflows;

/// <summary>A mission of the built program in which the real Claude Code plays every role.</summary>
[Collection(RealAgentsCollection.Name)]
public class MissionTests(RealAgents agents)
{
    private const string Green = "autopilot/green";

    private readonly string marker = $"objective-{Guid.NewGuid():N}";

    [SkippableFact]
    public async Task Killed_at_bad_moments_it_leaves_exactly_the_verified_work_on_green_and_the_checkout_as_it_was()
    {
        using var program = agents.OpenProgram();
        Prepare(program);
        var model = new WorkflowModel(marker, Turns());
        agents.Server.Book.Add(model.Answer);
        var before = Fingerprint.Of(program.Repository);

        // First a worker dies with its files half done, then the program right behind a landing.
        await Plug.PullIn("lower", model, program, "mission", "--agent", "claude", $"Tools for words ({marker})");
        Plug.PullBehind("landed", program, "mission", "resume");

        var ended = program.Run("mission", "resume", "--json");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        AssertGreen(program);
        Assert.Equal(before, Fingerprint.Of(program.Repository));
        Assert.Empty(LiveProcesses.Below(program.Outside(".")));
    }

    private static void Prepare(BuiltProgram program)
    {
        program.Script("check", "for t in tests/*.sh; do sh \"$t\" || { echo \"FAILED $t\"; exit 1; }; done\n");
        Directory.CreateDirectory(program["tests"]);
        File.WriteAllText(program["upper"], "tr a-z A-Z\n");
        File.WriteAllText(program["tests/upper.sh"], "[ \"$(echo abc | sh upper)\" = ABC ]\n");
        File.AppendAllText(program["autopilot.yaml"], "verify: ./check\nmission: { workers: 2, retry_delay: 1s }\n");
        Git(program, "add", "--all");
        Git(program, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "Upper");
    }

    /// <summary>Two units; the second is wrong at first, and only its own test shows it.</summary>
    private static ScriptedTurn[] Turns() =>
    [
        new("plan", ["You are the planner of a mission", "Nothing has been planned yet."], [ModelReply.Do(ToolAction.Answer(Plan()))]),
        new("nothing left", ["You are the planner of a mission"], [ModelReply.Do(ToolAction.Answer(new JsonObject { ["nothing_left"] = true, ["scopes"] = new JsonArray(), ["units"] = new JsonArray() }))]),
        new("lower", ["# Your unit of work: lower"], Work("lower", "tr A-Z a-z\n", "[ \"$(echo ABC | sh lower)\" = abc ]\n")),
        new("count again", ["# Your unit of work: count", "Earlier attempts failed"], Work("count", "wc -w | tr -d ' '\n", CountTest)),
        new("count", ["# Your unit of work: count"], Work("count", "wc -l | tr -d ' '\n", CountTest)),
        new("review", ["You review one unit of work"], [ModelReply.Do(ToolAction.Answer(new JsonObject { ["alignment"] = 9, ["approach"] = 9, ["tests"] = 9, ["criteria"] = 9, ["remarks"] = "" }))]),
        new("audit", ["You decide whether a mission has met"], [ModelReply.Do(ToolAction.Read("count")), ModelReply.Do(ToolAction.Answer(new JsonObject { ["met"] = true, ["because"] = "both tools are there" }))]),
    ];

    private const string CountTest = "[ \"$(echo a b c | sh count)\" = 3 ]\n";

    private static ModelReply[] Work(string tool, string text, string test) =>
    [
        ModelReply.Do("I will write it.", ToolAction.Write(tool, text)),
        ModelReply.Do("And its test.", ToolAction.Write($"tests/{tool}.sh", test)),
        ModelReply.Say("Done.\nAUTOPILOT_RESULT: {\"status\": \"completed\", \"summary\": \"It is there.\"}"),
    ];

    private static JsonObject Plan() => new() { ["nothing_left"] = false, ["scopes"] = new JsonArray(), ["units"] = new JsonArray(Unit("lower"), Unit("count")) };

    private static JsonObject Unit(string title) => new()
    {
        ["title"] = title,
        ["description"] = $"a tool {title} with a test",
        ["files"] = new JsonArray(title, $"tests/{title}.sh"),
        ["priority"] = 1,
        ["depends_on"] = new JsonArray(),
        ["criteria"] = new JsonArray(),
        ["verification_hint"] = null,
        ["specialist"] = null,
        ["uncertainty"] = 0.1,
        ["may_change_checks"] = false,
    };

    private static void AssertGreen(BuiltProgram program)
    {
        var files = Git(program, "ls-tree", "-r", "--name-only", Green).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["autopilot.yaml", "check", "count", "lower", "tests/count.sh", "tests/lower.sh", "tests/upper.sh", "upper"], files);
        Assert.Equal("wc -w | tr -d ' '\n", Git(program, "show", $"{Green}:count"));
        var units = Git(program, "log", "--merges", "--format=%(trailers:key=Autopilot-Unit,valueonly,separator=)", Green).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["u1", "u2"], units.Order(StringComparer.Ordinal));
        var tree = program.Outside("clean");
        Git(program, "clone", "--quiet", "--no-checkout", program.Repository, tree);
        foreach (var commit in Git(program, "rev-list", "--first-parent", "HEAD.." + Green).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Git(program, "-C", tree, "checkout", "--quiet", "--force", "--detach", commit);
            Assert.Equal(0, BuiltProgram.Wait(program.Tool("sh", "-c", $"cd '{tree}' && ./check")).Code);
        }
    }

    private static string Git(BuiltProgram program, params string[] arguments)
    {
        var ended = program.Git(arguments);
        Assert.True(ended.Code == 0, ended.Error);
        return ended.Output;
    }
}
