using Autopilot.Bench.StartUp;

namespace Autopilot.Bench.Missions;

/// <summary>A whole small mission of the built program, against its mere start.</summary>
internal sealed class ShortMissionBenchmark : IBenchmark
{
    private const int Rounds = 5;

    private const string Agent = """
        #!/bin/sh
        prompt=$(cat)
        case $prompt in
            *'You are the planner of a mission'*)
                case $prompt in *'Nothing has been planned yet.'*) echo '{"units": [{"title": "a", "description": "a"}, {"title": "b", "description": "b"}, {"title": "c", "description": "c"}]}' ;; *) echo '{"nothing_left": true}' ;; esac ;;
            *'You review one unit of work'*) echo '{"alignment": 8, "approach": 8, "tests": 8, "criteria": 8, "remarks": ""}' ;;
            *'You decide whether a mission'*) echo '{"met": true, "because": "it is"}' ;;
            *) unit=${prompt##*'# Your unit of work: '}; unit=${unit%%[!a-z]*}; echo done > "$unit.txt"; echo done ;;
        esac
        """;

    public string Name => "short-mission";

    public string About => $"`autopilot mission` with 3 units, agents that are shell scripts and answer at once, and `true` as verification: wall time of the whole process, medians of {Rounds} rounds, against `autopilot --version` in the same round.";

    public Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation) => Task.Run<IReadOnlyList<BenchmarkRow>>(() => Compare(cancellation), cancellation);

    private static BenchmarkRow[] Compare(CancellationToken cancellation)
    {
        var program = ScratchPrograms.Published();
        var (starts, missions) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scratch = new ScratchPrograms();
            var repository = Repository(scratch);
            starts.Add(scratch.TimeIn(repository, program, ["--version"]));
            missions.Add(scratch.TimeIn(repository, program, ["mission", "Reach it", "--verify", "true"]));
            scratch.TimeIn(repository, "git", ["cat-file", "-e", "autopilot/green:c.txt"]);
        }

        var (start, mission) = (Median(starts), Median(missions));
        return [new("above the start of the program", $"{(mission - start) / 1000:F2} s", "≤ 0.5 s", $"the whole mission: {mission:F0} ms; `--version`: {start:F0} ms")];
    }

    /// <summary>A repository with scripted agents that answer at once.</summary>
    public static string Repository(ScratchPrograms scratch)
    {
        var (folder, agent) = (scratch.Folder("repository"), Path.Combine(scratch.Folder("tools"), "agent"));
        File.WriteAllText(agent, Agent + "\n");
        File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(folder, "autopilot.yaml"), $"agents:\n  scripted: {{ kind: command, command: [\"{agent}\"] }}\nroles: {{ default: scripted }}\nsandbox: off\n");
        foreach (var command in new string[][] { ["init", "-q"], ["add", "--all"], ["-c", "user.name=b", "-c", "user.email=b@localhost", "commit", "-q", "-m", "first"] }) scratch.TimeIn(folder, "git", command);
        return folder;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
