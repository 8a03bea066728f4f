namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>The user goes on working in the checkout while a mission runs: what is there afterwards is byte for byte what the same work makes without a mission.</summary>
public sealed class BusyUserTests
{
    private const string Worker = "while [ ! -e \"$here/allow-$unit\" ]; do echo waiting; sleep 0.1; done\necho done > \"$unit.txt\"\n";

    // Dates and names are fixed, so that equal work makes equal commits.
    private const string Fixed = """
        set -e
        export GIT_AUTHOR_NAME=u GIT_AUTHOR_EMAIL=u@localhost GIT_COMMITTER_NAME=u GIT_COMMITTER_EMAIL=u@localhost
        export GIT_AUTHOR_DATE='2026-01-02T03:04:05Z' GIT_COMMITTER_DATE='2026-01-02T03:04:05Z'

        """;

    // One for each instant of the mission: while the first works, while the second works after a landing, while the third works.
    private static readonly string[] Work =
    [
        """
        echo 'my work' > mine.txt; git add mine.txt; git commit -q -m mine
        git switch -q -c topic; rm shared-1.txt; echo more >> first.txt; git commit -q -a -m 'on topic'
        echo unfinished > first.txt
        """,
        """
        git stash -q
        git switch -q main; git branch topic-2 topic; git branch -q -D topic
        git rm -q shared-2.txt; mkdir -p deep/er; echo new > deep/er/new.txt; git add deep
        git config user.nickname changed; git tag here
        printf '#!/bin/sh\nexit 1\n' > .git/hooks/pre-push
        """,
        """
        git commit -q -m 'removed and added'; git switch -q --detach HEAD~1; git switch -q main
        git merge -q --no-edit topic-2; git reset -q --hard HEAD~1
        echo half > first.txt; git add first.txt; echo whole > first.txt
        rm -r deep tests/one.sh; echo loose > loose.txt
        """,
    ];

    [Fact]
    public void What_the_user_does_during_a_mission_is_all_that_is_changed_in_the_checkout()
    {
        using var scene = new MissionScene(Worker, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b", "0"), MissionScene.Unit("c", "1")));
        var (mine, twin) = (scene.Program.Repository, scene.Program.Outside("twin"));
        scene.Git("branch", "-m", "main");
        Do(scene, mine, $"cp -a . '{twin}'");
        using var mission = scene.Start();
        for (var i = 0; i < Work.Length; i++)
        {
            Program.Await(mission, $"work       u{i + 1}");
            Do(scene, mine, Work[i]);
            Do(scene, twin, Work[i]);
            scene.Allow($"allow-{(char)('a' + i)}");
        }

        var ended = Program.Wait(mission);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(State(scene, twin), State(scene, mine));
        Assert.Equal(["a.txt", "b.txt", "c.txt"], MissionScene.Lines(scene.Git("ls-tree", "--name-only", MissionScene.Green)).Where(f => f is ['a' or 'b' or 'c', '.', ..]));
        scene.AssertGreenIsVerified([]);
    }

    /// <summary>All files but the index, which holds times and inodes, and what is in the index.</summary>
    private static List<string> State(MissionScene scene, string repository) =>
    [
        .. Fingerprint.Of(repository).Where(f => f.Key != ".git/index").Select(f => $"{f.Key} {f.Value}").Order(StringComparer.Ordinal),
        .. MissionScene.Lines(Do(scene, repository, "git ls-files --stage; git status --porcelain; git stash list; git fsck --no-dangling")),
    ];

    private static string Do(MissionScene scene, string repository, string commands)
    {
        var ended = Program.Wait(scene.Program.Tool("sh", "-c", $"cd '{repository}'\n{Fixed}{commands}"));
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        return ended.Output;
    }
}
