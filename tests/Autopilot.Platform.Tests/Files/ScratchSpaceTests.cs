using Autopilot.Platform.Files;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Files;

public sealed class ScratchSpaceTests
{
    [Fact]
    public void What_a_dead_process_left_is_removed_and_nothing_else()
    {
        using var parent = new TemporaryFolder();
        Plant(parent["autopilot-dead/.lock"]);
        Plant(parent["autopilot-dead/session-1/prompt"]);
        Plant(parent["autopilot-demo-1/app.py"]);
        Plant(parent["other/.lock"]);
        using var living = new ScratchSpace(parent.Path);
        using var later = new ScratchSpace(parent.Path);
        Assert.Equal(new[] { "autopilot-demo-1", "other", Path.GetFileName(living.Path), Path.GetFileName(later.Path) }.Order(StringComparer.Ordinal), Directory.GetDirectories(parent.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(parent["autopilot-demo-1/app.py"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(living.Path));
    }

    [Fact]
    public async Task Many_that_begin_at_once_have_one_each()
    {
        using var parent = new TemporaryFolder();
        var spaces = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => new ScratchSpace(parent.Path))));
        Assert.All(spaces, space => Assert.True(Directory.Exists(space.Path)));
        Assert.Equal(32, spaces.DistinctBy(space => space.Path).Count());
        foreach (var space in spaces) space.Dispose();
        Assert.Empty(Directory.GetDirectories(parent.Path));
    }

    private static void Plant(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
