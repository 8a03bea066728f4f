using Autopilot.Platform.Files;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Files;

public sealed class FolderShapeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, bool> Changes => new()
    {
        { "nothing", true },
        { "content", true },
        { "skipped", true },
        { "mode", true },
        { "file", false },
        { "deep", false },
        { "gone", false },
        { "folder", false },
        { "link", false },
        { "kind", false },
        { "back", true },
    };

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public void An_entry_that_came_or_went_is_seen(string what, bool isAsNoted)
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        // As if the folders had been written just now, and as if long ago.
        foreach (var clock in new[] { TimeProvider.System, new ManualClock(TimeProvider.System.GetUtcNow().AddMinutes(1)) })
        {
            Make();
            var shape = ShapeBy(clock);
            Assert.False(shape.IsAsNoted());
            shape.Note();
            Assert.True(shape.IsAsNoted());
            // Until the clock by which the file system stamps has gone on.
            var before = FileStamp.Of(folder["tree/sub/inner"])!.Value.Changed;
            while (FileStamp.Of(folder.Write("later", ""))!.Value.Changed <= before) { }
            Change(what);
            Assert.Equal(isAsNoted, shape.IsAsNoted());
            shape.Note();
            Assert.True(shape.IsAsNoted());
        }
    }

    [SkippableFact]
    public void A_marker_that_changed_is_told_of()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        Make();
        var shape = ShapeBy(TimeProvider.System);
        Assert.False(shape.Note());
        Assert.True(shape.Note());
        folder.Write("tree/sub/inner/.rules", "r");
        Assert.False(shape.Note());
        folder.Write("other", "s");
        File.Move(folder["other"], folder["tree/sub/.rules"], overwrite: true);
        Assert.False(shape.Note());
        File.Delete(folder["tree/sub/.rules"]);
        Assert.False(shape.Note());
        folder.Write("tree/sub/other.txt", "o");
        Assert.True(shape.Note());
    }

    public void Dispose() => folder.Dispose();

    private void Make()
    {
        if (Directory.Exists(folder["tree"])) Directory.Delete(folder["tree"], recursive: true);
        folder.Write("tree/a.txt", "a");
        folder.Write("tree/sub/inner/b.txt", "b");
        folder.Write("tree/sub/.rules", "r");
        folder.Write("tree/skipped/c.txt", "c");
    }

    private FolderShape ShapeBy(TimeProvider clock) => new(folder["tree"], name => name == "skipped", ".rules", clock);

    private void Change(string what)
    {
        var written = Directory.GetLastWriteTimeUtc(folder["tree/sub/inner"]);
        switch (what)
        {
            case "content": File.WriteAllText(folder["tree/a.txt"], "other"); break;
            case "skipped": folder.Write("tree/skipped/new.txt", "n"); break;
            case "mode": File.SetUnixFileMode(folder["tree/sub"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); break;
            case "file": folder.Write("tree/new.txt", "n"); break;
            case "deep":
                folder.Write("tree/sub/inner/new.txt", "n");
                Directory.SetLastWriteTimeUtc(folder["tree/sub/inner"], written);
                break;
            case "gone": File.Delete(folder["tree/sub/inner/b.txt"]); break;
            case "folder": Directory.Delete(folder["tree/sub"], recursive: true); break;
            case "link":
                Directory.Move(folder["tree/sub/inner"], folder[$"elsewhere{Guid.NewGuid():N}"]);
                Directory.CreateSymbolicLink(folder["tree/sub/inner"], folder.Path);
                break;
            case "kind":
                File.Delete(folder["tree/a.txt"]);
                Directory.CreateDirectory(folder["tree/a.txt"]);
                break;
            case "back":
                folder.Write("tree/new.txt", "n");
                File.Delete(folder["tree/new.txt"]);
                break;
        }
    }
}
