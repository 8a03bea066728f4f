namespace Autopilot.BlackBox.Tests.Missions;

public sealed class PushTests
{
    private const string Honest = "echo done > \"$unit.txt\"";

    [Fact]
    public void Green_is_pushed_with_what_the_remote_got_meanwhile_and_every_pushed_commit_was_verified()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b", "0")), settings: "auto_push: true");
        Remote(scene);
        Theirs(scene, "good.txt", "theirs");
        var before = Fingerprint.Of(scene.Program.Repository);

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        var push = MissionScene.Json(ended).GetProperty("push");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, push.GetProperty("missing").ValueKind);
        var remote = scene.Git("-C", RemoteOf(scene), "rev-parse", MissionScene.Green);
        Assert.Equal(scene.Git("rev-parse", MissionScene.Green), remote);
        Assert.Equal(remote.Trim(), push.GetProperty("commit").GetString());
        foreach (var file in new[] { "a.txt", "b.txt", "good.txt" }) scene.Git("-C", RemoteOf(scene), "cat-file", "-e", $"{MissionScene.Green}:{file}");
        scene.AssertGreenIsVerified([]);
        Assert.Equal(before, Fingerprint.Of(scene.Program.Repository));
    }

    [Fact]
    public void Green_is_pushed_to_the_remote_and_the_branch_that_are_configured()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")), settings: "auto_push: true, push_remote: backup, push_branch: verified");
        Remote(scene);
        scene.Git("remote", "rename", "origin", "backup");
        var ended = scene.Run();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("pushed to backup/verified", ended.Output);
        Assert.Equal("refs/heads/verified\n", scene.Git("-C", RemoteOf(scene), "for-each-ref", "--format=%(refname)"));
        Assert.Equal(scene.Git("rev-parse", MissionScene.Green), scene.Git("-C", RemoteOf(scene), "rev-parse", "verified"));
    }

    [Fact]
    public void What_fails_together_with_the_remote_is_not_pushed_and_a_push_by_hand_says_so_until_it_is_mended()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")), settings: "auto_push: true");
        Remote(scene);
        Theirs(scene, "bad.txt", "BAD");

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("verification fails together with", MissionScene.Json(ended).GetProperty("push").GetProperty("missing").GetString());
        var byHand = scene.Program.Run("mission", "push");
        Assert.Equal(1, byHand.Code);
        Assert.Contains("not pushed to origin/autopilot/green: verification fails together with", byHand.Output);
        Theirs(scene, "bad.txt", "mended");
        var again = scene.Program.Run("mission", "push");
        Assert.True(again.Code == 0, again.Output + again.Error);
        Assert.Contains("pushed to origin/autopilot/green", again.Output);
        Assert.Equal("mended\n", scene.Git("-C", RemoteOf(scene), "show", MissionScene.Green + ":bad.txt"));
        scene.Git("-C", RemoteOf(scene), "cat-file", "-e", MissionScene.Green + ":a.txt");
        scene.AssertGreenIsVerified([]);
    }

    [Fact]
    public void A_person_is_asked_once_before_the_push_where_that_is_configured()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b")), settings: "auto_push: true");
        File.AppendAllText(scene.Program["autopilot.yaml"], "\napprovals: { push: { timeout: 1h } }\n");
        Remote(scene);
        var ended = scene.Run();
        Assert.Equal(4, ended.Code);
        Assert.Contains("May autopilot/green be pushed to origin/autopilot/green", ended.Error);
        Assert.Empty(scene.Git("-C", RemoteOf(scene), "for-each-ref"));
        var question = MissionScene.Lines(scene.Program.Run("approvals", "list").Output).Single().Split(' ')[0];
        Assert.Equal(0, scene.Program.Run("approvals", "approve", question).Code);
        var resumed = scene.Program.Run("mission", "resume");
        Assert.True(resumed.Code == 0, resumed.Output + resumed.Error);
        Assert.Equal(scene.Git("rev-parse", MissionScene.Green), scene.Git("-C", RemoteOf(scene), "rev-parse", MissionScene.Green));
    }

    [Fact]
    public void A_mission_that_is_to_push_to_no_remote_does_not_begin()
    {
        using var scene = new MissionScene(Honest, MissionScene.Plan(MissionScene.Unit("a")), settings: "auto_push: true");
        var ended = scene.Run();
        Assert.Equal(2, ended.Code);
        Assert.Contains("has no remote origin", ended.Error);
    }

    private static string RemoteOf(MissionScene scene) => scene.Program.Outside("remote.git");

    private static void Remote(MissionScene scene)
    {
        scene.Git("init", "-q", "--bare", RemoteOf(scene));
        scene.Git("remote", "add", "origin", RemoteOf(scene));
    }

    /// <summary>Somebody else pushes to the branch of the remote.</summary>
    private static void Theirs(MissionScene scene, string file, string text)
    {
        var clone = scene.Program.Outside("another");
        if (!Directory.Exists(clone)) scene.Git("clone", "-q", scene.Program.Repository, clone);
        File.WriteAllText(Path.Combine(clone, file), text + "\n");
        scene.Git("-C", clone, "add", "--all");
        scene.Git("-C", clone, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "theirs");
        scene.Git("-C", clone, "push", "-q", RemoteOf(scene), "HEAD:refs/heads/" + MissionScene.Green);
    }
}
