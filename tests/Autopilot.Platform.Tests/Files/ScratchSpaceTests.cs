using Autopilot.Core;
using Autopilot.Platform.Files;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Tests.Processes;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Files;

public sealed class ScratchSpaceTests
{
    [Fact]
    public void What_a_dead_process_left_is_removed_and_nothing_else()
    {
        using var parent = new TemporaryFolder();
        PrivateFolder.Create(parent["autopilot-dead"]);
        Plant(parent["autopilot-dead/.lock"]);
        Plant(parent["autopilot-dead/session-1/prompt"]);
        Plant(parent["autopilot-demo-1/app.py"]);
        Plant(parent["other/.lock"]);
        using var living = new ScratchSpace(parent.Path);
        using var later = new ScratchSpace(parent.Path);
        ScratchSpace.Sweep(parent.Path);
        Assert.Equal(new[] { "autopilot-demo-1", "other", Path.GetFileName(living.Path), Path.GetFileName(later.Path) }.Order(StringComparer.Ordinal), Directory.GetDirectories(parent.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(parent["autopilot-demo-1/app.py"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(living.Path));
    }

    /// <summary>Whoever shares the temporary folder could plant a lock file that leads to a file of ours, which would be written.</summary>
    [SkippableTheory]
    [InlineData("chmod 755 autopilot-planted")]
    [InlineData("chmod 701 autopilot-planted")]
    [InlineData("mv autopilot-planted elsewhere; ln -s elsewhere autopilot-planted")]
    [InlineData("chown 12345 autopilot-planted")]
    public async Task What_is_not_surely_our_own_is_not_touched(string planting)
    {
        Skip.If(planting.StartsWith("chown", StringComparison.Ordinal) && !Shell.IsRoot, "only root can give files away");
        using var parent = new TemporaryFolder();
        PrivateFolder.Create(parent["autopilot-planted"]);
        parent.Write("victim", "precious");
        File.CreateSymbolicLink(parent["autopilot-planted/.lock"], parent["victim"]);
        using var supervisor = new ProcessSupervisor(TimeProvider.System);
        var (exit, _) = await Shell.Run(supervisor, Shell.Script($"cd '{parent.Path}' && {planting}"));
        Assert.Equal(0, exit.Code);
        ScratchSpace.Sweep(parent.Path);
        Assert.Equal("precious", File.ReadAllText(parent["victim"]));
        Assert.True(File.Exists(parent["autopilot-planted/.lock"]));
    }

    [Fact]
    public void A_parent_that_is_missing_is_made_and_one_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        new ScratchSpace(folder["missing/tmp"]).Dispose();
        folder.Write("file", "");
        Assert.Contains("TMPDIR", Assert.Throws<UserErrorException>(() => new ScratchSpace(folder["file"])).Message);
    }

    [Fact]
    public void What_cannot_be_listed_is_left() => ScratchSpace.Sweep("/nowhere/at/all");

    [Fact]
    public async Task Many_that_begin_at_once_have_one_each()
    {
        using var parent = new TemporaryFolder();
        var spaces = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
        {
            var space = new ScratchSpace(parent.Path);
            ScratchSpace.Sweep(parent.Path);
            return space;
        })));
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
