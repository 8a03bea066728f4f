namespace Autopilot.BlackBox.Tests.Missions;

public sealed class SubmoduleTests
{
    [Fact]
    public void Workers_and_verification_have_the_submodules_of_the_users_repository()
    {
        using var scene = new MissionScene("cat lib/code.txt > \"$unit.txt\"; git status --porcelain", MissionScene.Plan(MissionScene.Unit("a"), MissionScene.Unit("b")));
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
        var before = Fingerprint.Of(scene.Program.Repository);

        var ended = scene.Run("--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("library\n", scene.Git("show", MissionScene.Green + ":b.txt"));
        Assert.Equal(scene.Git("rev-parse", "HEAD:lib"), scene.Git("rev-parse", MissionScene.Green + ":lib"));
        Assert.Equal(before, Fingerprint.Of(scene.Program.Repository));
    }
}
