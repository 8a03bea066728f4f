using System.Diagnostics;
using System.Text.Json;

namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>A repository with a check and a test, an agent that plays every role from scripts, and the program that runs a mission there.</summary>
internal sealed class MissionScene : IDisposable
{
    public const string Green = "autopilot/green";

    // What it does in which role; the planner's second plan says that nothing is left. It fails as soon as anything in it fails: half its
    // work with a good exit code could not be told from lost work.
    private const string Agent = """
        set -e
        here=${0%/*}
        prompt=$(cat)
        asked() { case $prompt in *"$1"*) return 0 ;; esac; return 1; }
        . "$here/before.sh"
        if asked 'You are the planner of a mission'; then . "$here/planner.sh"; exit 0; fi
        if asked 'You review one unit of work'; then echo '{"alignment":8,"approach":8,"tests":8,"criteria":8,"remarks":""}'; exit 0; fi
        if asked 'You decide whether a mission'; then . "$here/auditor.sh"; exit 0; fi
        echo working
        unit=$(printf '%s\n' "$prompt" | sed -n 's/^# Your unit of work: //p' | head -n 1)
        [ -n "$unit" ] || ! asked '# Your unit of work: ' || exit 70
        again() { asked 'Earlier attempts failed'; }
        . "$here/worker.sh"
        """;

    public MissionScene(string worker, string planner, string auditor = "echo '{\"met\": true, \"because\": \"it is\"}'", string settings = "", string before = "")
    {
        Program.Script("check", "for t in tests/*.sh; do sh \"$t\" || exit 1; done\n[ -z \"$(grep -rl BAD --include='*.txt' .)\" ]\n");
        Directory.CreateDirectory(Program["tests"]);
        File.WriteAllText(Program["tests/one.sh"], "[ -e first.txt ]\n");
        File.WriteAllText(Program["first.txt"], "one\ntwo\nthree\n");
        for (var i = 1; i <= 4; i++) File.WriteAllText(Program[$"shared-{i}.txt"], "shared\n");
        File.WriteAllText(Program["autopilot.yaml"], $$"""
            agents:
              scripted: { kind: command, command: ["{{Program.Outside("agent")}}"] }
            roles: { default: scripted }
            verify: ./check
            mission: { workers: 4, retry_delay: 1s, worker_silence: 60s, {{settings}} }
            """);
        File.WriteAllText(Program.Outside("before.sh"), before + "\n");
        File.WriteAllText(Program.Outside("planner.sh"), planner + "\n");
        File.WriteAllText(Program.Outside("worker.sh"), worker + "\n");
        File.WriteAllText(Program.Outside("auditor.sh"), auditor + "\n");
        Program.Script("../agent", Agent + "\n");
        Git("add", "--all");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "second");
    }

    public Program Program { get; } = new();

    /// <summary>The answer of a planner that plans these units, in order, and nothing the second time.</summary>
    public static string Plan(params string[] units) =>
        "asked 'Nothing has been planned yet.' || { echo '{\"nothing_left\": true}'; exit 0; }\ncat <<'P'\n{\"units\": [" + string.Join(",\n", units) + "]}\nP";

    public static string Unit(string title, string dependsOn = "") =>
        $$"""{"title": "{{title}}", "description": "{{title}}", "files": ["{{title}}.txt"], "priority": 1, "depends_on": [{{dependsOn}}]}""";

    public Process Start() => Program.Start("mission", "Reach it");

    public Ended Run(params string[] more) => Program.Run(["mission", "Reach it", .. more]);

    /// <summary>Lets a worker go on that waits for a file of this name.</summary>
    public void Allow(string name) => File.WriteAllText(Program.Outside(name), "");

    /// <summary>The newest mission's report, as it stands.</summary>
    public JsonElement Report() => Json(Program.Run("mission", "show", "--json"));

    public static JsonElement Json(Ended ended)
    {
        Assert.True(ended.Code == 0 || ended.Output.Length > 0, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    public static JsonElement UnitOf(JsonElement report, string id) => report.GetProperty("units").EnumerateArray().Single(u => u.GetProperty("id").GetString() == id);

    public string Git(params string[] arguments)
    {
        var ended = Program.Wait(Program.Tool("git", arguments));
        Assert.True(ended.Code == 0, ended.Error);
        return ended.Output;
    }

    /// <summary>The commits of green's own line, the oldest first, from the repository's first.</summary>
    public string[] Landings() => Lines(Git("rev-list", "--first-parent", "--reverse", Green));

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every commit of green's own line that was not looked at before passes the check on a clean checkout; the first has no check.</summary>
    public void AssertGreenIsVerified(HashSet<string> looked)
    {
        if (Git("for-each-ref", "refs/heads/" + Green).Length == 0) return;
        var tree = Program.Outside("clean");
        foreach (var commit in Landings().Skip(1).Where(looked.Add))
        {
            if (!Directory.Exists(tree)) Git("clone", "--quiet", "--no-checkout", Program.Repository, tree);
            Git("-C", tree, "fetch", "--quiet", "origin", commit);
            Git("-C", tree, "checkout", "--quiet", "--force", "--detach", commit);
            var ended = Program.Wait(Program.Tool("sh", "-c", $"cd '{tree}' && ./check"));
            Assert.True(ended.Code == 0, $"green was red at {commit}: {ended.Output}{ended.Error}");
        }
    }

    /// <summary>The hub's branches of units, with their commits.</summary>
    public Dictionary<string, string> UnitBranches() =>
        Hub() is { } hub ? Lines(Git("-C", hub, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/units")).Select(l => l.Split(' ')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal) : [];

    /// <summary>The hub of the repository; null before there is one.</summary>
    public string? Hub()
    {
        var workspaces = Program.Outside("state/workspaces");
        return Directory.Exists(workspaces) ? Directory.GetDirectories(workspaces).Select(d => Path.Combine(d, "hub.git")).SingleOrDefault(d => File.Exists(Path.Combine(d, "HEAD"))) : null;
    }

    public void Dispose() => Program.Dispose();
}
