namespace Autopilot.BlackBox.Tests.Missions;

public sealed class SubmoduleTests
{
    [Fact]
    public void Workers_and_verification_have_the_submodules_of_the_users_repository()
    {
        using var scene = WithLibrary("cat lib/code.txt > \"$unit.txt\"; git status --porcelain");
        var before = Fingerprint.Of(scene.Program.Repository);

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("library\n", scene.Git("show", MissionScene.Green + ":b.txt"));
        Assert.Equal(scene.Git("rev-parse", "HEAD:lib"), scene.Git("rev-parse", MissionScene.Green + ":lib"));
        Assert.Equal(before, Fingerprint.Of(scene.Program.Repository));
    }

    [Fact]
    public void What_a_worker_changed_inside_one_is_told_in_the_report_with_where_it_is_kept()
    {
        using var scene = WithLibrary("echo done > \"$unit.txt\"; [ \"$unit\" != a ] || echo changed > lib/code.txt");

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        var next = MissionScene.Json(ended).GetProperty("next").EnumerateArray().Select(n => n.GetString()!).Single(n => n.Contains("changed the submodule lib", StringComparison.Ordinal));
        var fetch = next[(next.LastIndexOf("git fetch ", StringComparison.Ordinal) + "git fetch ".Length)..].Split(' ');
        Assert.Equal("changed\n", scene.Git("-C", fetch[0], "show", fetch[1] + ":code.txt"));
        Assert.Contains("changed the submodule lib", scene.Program.Run("mission", "show").Output);
    }

    private static MissionScene WithLibrary(string worker)
    {
        var scene = new MissionScene(worker, MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b")));
        var library = scene.Program.Outside("library");
        scene.Git("init", "-q", library);
        File.WriteAllText(Path.Combine(library, "code.txt"), "library\n");
        scene.Git("-C", library, "add", "--all");
        scene.Git("-C", library, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "library");
        scene.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "lib");
        File.AppendAllText(scene.Program["tests/one.sh"], "grep -q library lib/code.txt\n");
        scene.Git("add", "--all");
        scene.Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "with a library");
        Directory.Delete(library, recursive: true);
        return scene;
    }
}
