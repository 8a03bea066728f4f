using System.Globalization;
using Xunit.Abstractions;

namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>
/// Real missions whose program is killed again and again. <c>AUTOPILOT_KILLS</c> sets how often (100 by default), <c>AUTOPILOT_KILL_SEED</c>
/// when.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kill = 9;
    private const int MostPerMission = 34;

    // Four scopes of six units. One unit of each scope fails its check at first, one lies at first, and two want the same line.
    private const string Planner = """
        asked 'Nothing has been planned yet.' || { echo '{"nothing_left": true}'; exit 0; }
        scope=$(printf '%s\n' "$prompt" | sed -n 's/^Decompose this scope: part //p')
        [ -n "$scope" ] || ! asked 'Decompose this scope: part ' || exit 70
        [ -n "$scope" ] || { echo '{"scopes": ["part 1", "part 2", "part 3", "part 4"]}'; exit 0; }
        unit() { printf '{"title": "%s", "description": "do it", "files": ["%s.txt"], "priority": %s}' "$1" "$1" "$2"; }
        echo "{\"units\": [$(unit "plain-$scope" 1), $(unit "slow-$scope" 2), $(unit "bad-$scope" 1), $(unit "lie-$scope" 2), $(unit "line-$scope" 1), $(unit "same-$scope" 3)]}"
        """;

    private const string Worker = """
        case $unit in
            slow-*) echo half > "$unit.txt"; sleep 0.4 ;;
            bad-*) again || { echo BAD > "$unit.txt"; exit 0; } ;;
            lie-*) again || exit 0 ;;
            line-*|same-*)
                shared=shared-${unit#*-}.txt
                rm -f s
                grep -q "$unit" "$shared" || { sed "1s/\$/ $unit/" "$shared" > s && mv s "$shared"; } ;;
        esac
        sleep 0.1
        echo done > "$unit.txt"
        """;

    [Fact]
    public async Task Killed_at_random_instants_it_loses_nothing_merges_nothing_twice_and_gets_done()
    {
        var kills = Number("AUTOPILOT_KILLS", 100);
        var seed = Number("AUTOPILOT_KILL_SEED", 20261121);
        output.WriteLine($"seed {seed}");
        var done = 0;
        var missions = 0;
        while (done < kills)
        {
            using var scene = new MissionScene(Worker, Planner, settings: "max_attempts: 10");
            done += await KillUntilDone(scene, new Random(seed + missions), Math.Min(MostPerMission, kills - done));
            missions++;
        }

        output.WriteLine($"{done} kills in {missions} missions");
    }

    private static async Task<int> KillUntilDone(MissionScene scene, Random random, int most)
    {
        var (kills, looked, branches) = (0, new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var before = Fingerprint.Of(scene.Program.Repository);
        var begun = false;
        while (true)
        {
            using var mission = begun ? scene.Program.Start("mission", "resume") : scene.Start();
            var (result, notes) = (mission.StandardOutput.ReadToEndAsync(), mission.StandardError.ReadToEndAsync());
            if (kills >= most || mission.WaitForExit(TimeSpan.FromMilliseconds(random.Next(100, 1100))))
            {
                Assert.True(mission.WaitForExit(TimeSpan.FromMinutes(3)), "the mission did not end");
                Assert.True(mission.ExitCode == 0, await result + await notes);
                break;
            }

            Program.Signal(mission, Kill);
            await Task.WhenAll(mission.WaitForExitAsync(), result, notes);
            kills++;
            begun = begun || scene.Program.Run("mission", "list").Output.Length > 0;
            foreach (var (branch, commit) in scene.UnitBranches()) branches[branch] = commit;
            scene.AssertGreenIsVerified(looked);
        }

        scene.AssertGreenIsVerified(looked);
        AssertNothingIsLost(scene, branches);
        Assert.Equal(before, Fingerprint.Of(scene.Program.Repository));
        Assert.Empty(LiveProcesses.Below(scene.Program.Outside(".")));
        return kills;
    }

    private static void AssertNothingIsLost(MissionScene scene, Dictionary<string, string> seen)
    {
        var units = scene.Report().GetProperty("units").EnumerateArray().ToList();
        Assert.Equal(24, units.Count);
        Assert.All(units, u => Assert.Equal("landed", u.GetProperty("status").GetString()));
        var now = scene.UnitBranches();
        Assert.All(seen, b => Assert.Equal(b.Value, now.GetValueOrDefault(b.Key)));
        var merges = MissionScene.Lines(scene.Git("log", "--merges", "--format=%(trailers:key=Autopilot-Unit,valueonly,separator=)", MissionScene.Green)).Where(l => l.Length > 0).ToList();
        Assert.Equal(24, merges.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(24, merges.Count);
        foreach (var scope in Enumerable.Range(1, 4))
            Assert.Equal([$"line-{scope}", $"same-{scope}", "shared"], scene.Git("show", $"{MissionScene.Green}:shared-{scope}.txt").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
