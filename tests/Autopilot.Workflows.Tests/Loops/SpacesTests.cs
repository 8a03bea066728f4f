using Autopilot.Core;
using Autopilot.Testing;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Tests.Loops;

public sealed class SpacesTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task In_place_what_the_user_changed_or_staged_is_in_no_commit_and_stays_as_it_was()
    {
        using var user = await UserCheckout.Create();
        user.Write("a.txt", "FIRST\nsecond\nthird\nfourth\nfifth\n");
        user.Write("staged.txt", "staged\n");
        await user.Run("add", "staged.txt");
        user.Write("untracked.txt", "untracked\n");
        var before = await user.Belongings();
        using var space = user.InPlace();
        var start = await space.Begin(Never);
        var folder = (await space.Enter(start, Never)).Path;
        Assert.Equal(user.Root, folder);
        user.Write("a.txt", "FIRST\nsecond\nthird\nfourth\nFIFTH\n");
        user.Write("new.txt", "new\n");
        user.Write("ignored.txt", "x\n");
        user.Write("__pycache__/x.pyc", "x\n");
        user.Write(".autopilot/loop/request.md", "x\n");
        var kept = await space.Keep(start, "t1", Message("t1"), Never);
        // What the user does between two turns is the user's.
        user.Write("between.txt", "between\n");
        _ = await space.Enter(kept, Never);
        user.Write("new.txt", "newer\n");
        var last = await space.Note(await space.Keep(kept, "t2", Message("t2"), Never), "t3", Message("t3"), Never);
        await space.Publish(last, Never);
        Assert.Equal(".gitignore\na.txt\nnew.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
        Assert.Equal("first\nsecond\nthird\nfourth\nFIFTH\n", await user.Run("show", "autopilot/loop:a.txt"));
        Assert.Equal("newer\n", await user.Run("show", "autopilot/loop:new.txt"));
        Assert.Equal("FIRST\nsecond\nthird\nfourth\nFIFTH\n", user.Read("a.txt"));
        Assert.Equal("staged\n", user.Read("staged.txt"));
        Assert.Equal(before, await user.Belongings());
        // Who verifies sees what the user sees.
        var seen = await space.Inspect(last, Never);
        Assert.Equal(user.Read("a.txt"), File.ReadAllText(Path.Combine(seen, "a.txt")));
        Assert.True(File.Exists(Path.Combine(seen, "untracked.txt")));
        await space.Leave(last, Never);
        Assert.False(Directory.Exists(user[".autopilot"]));
        Assert.Equal(before, await user.Belongings());
    }

    [Fact]
    public async Task In_place_changes_that_cannot_be_told_from_the_users_own_are_left_out_and_named()
    {
        using var user = await UserCheckout.Create();
        user.Write("a.txt", "mine\nsecond\nthird\nfourth\nfifth\n");
        using var space = user.InPlace();
        var start = await space.Begin(Never);
        _ = await space.Enter(start, Never);
        user.Write("a.txt", "mine and theirs\nsecond\nthird\nfourth\nfifth\n");
        user.Write("b.txt", "b\n");
        await space.Publish(await space.Keep(start, "t1", Message("t1"), Never), Never);
        Assert.Equal("first\nsecond\nthird\nfourth\nfifth\n", await user.Run("show", "autopilot/loop:a.txt"));
        Assert.Equal("b\n", await user.Run("show", "autopilot/loop:b.txt"));
        Assert.Contains("Not in this commit, for the user's own uncommitted changes are in the same places: a.txt", await user.Run("log", "-1", "--format=%B", "autopilot/loop"), StringComparison.Ordinal);
        Assert.Equal("mine and theirs\nsecond\nthird\nfourth\nfifth\n", user.Read("a.txt"));
    }

    [Fact]
    public async Task In_place_a_turn_that_a_crash_cut_off_is_kept_whole()
    {
        using var user = await UserCheckout.Create();
        string start;
        using (var dying = user.InPlace())
        {
            start = await dying.Begin(Never);
            _ = await dying.Enter(start, Never);
            user.Write("half.txt", "half\n");
            using var other = user.InPlace();
            Assert.Contains("Another loop works in", (await Assert.ThrowsAsync<UserErrorException>(() => other.Begin(Never))).Message, StringComparison.Ordinal);
        }

        using var space = user.InPlace();
        _ = await space.Enter(start, Never);
        user.Write("whole.txt", "whole\n");
        await space.Publish(await space.Keep(start, "t1", Message("t1"), Never), Never);
        Assert.Equal(".gitignore\na.txt\nhalf.txt\nwhole.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
    }

    [Fact]
    public async Task In_place_an_empty_repository_and_a_folder_below_its_top_will_do()
    {
        using var user = await UserCheckout.Create(empty: true);
        user.Write("mine.txt", "mine\n");
        Directory.CreateDirectory(user["sub"]);
        using var space = user.InPlace("sub");
        var start = await space.Begin(Never);
        Assert.Equal(user["sub"], (await space.Enter(start, Never)).Path);
        user.Write("sub/new.txt", "new\n");
        var kept = await space.Keep(start, "t1", Message("t1"), Never);
        Assert.EndsWith("/sub", await space.Inspect(kept, Never), StringComparison.Ordinal);
        await space.Publish(kept, Never);
        Assert.Equal("sub/new.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
        Assert.Equal("ref: refs/heads/main\n", user.Read(".git/HEAD"));
    }

    [Fact]
    public async Task In_place_what_somebody_wrote_into_our_repository_decides_nothing()
    {
        using var user = await UserCheckout.Create();
        using var space = user.InPlace();
        var start = await space.Begin(Never);
        var hub = Path.Combine(user.Settings().Home, "hub.git");
        File.AppendAllText(Path.Combine(hub, "config"), $"[filter \"planted\"]\n\tclean = touch {user["obeyed"]}; cat\n");
        File.WriteAllText(Path.Combine(hub, "info", "attributes"), "* filter=planted\n");
        _ = await space.Enter(start, Never);
        user.Write("new.txt", "new\n");
        await space.Publish(await space.Keep(start, "t1", Message("t1"), Never), Never);
        Assert.False(File.Exists(user["obeyed"]));
        Assert.Equal("new\n", await user.Run("show", "autopilot/loop:new.txt"));
    }

    [Fact]
    public async Task A_cycle_takes_three_git_processes()
    {
        using var user = await UserCheckout.Create();
        using var space = user.Beside();
        var point = await Cycle(space, await space.Begin(Never), 1);
        var before = user.Git.Started;
        await Cycle(space, point, 2);
        Assert.Equal(3, user.Git.Started - before);
    }

    [Theory]
    [InlineData("untracked.txt")]
    [InlineData("sub/deep/untracked.txt")]
    [InlineData("a.txt")]
    [InlineData("file1.txt")]
    public async Task What_a_reader_left_is_not_there_for_the_next(string left)
    {
        using var user = await UserCheckout.Create();
        using var space = user.Beside();
        var point = await Cycle(space, await space.Begin(Never), 1);
        var folder = await space.Inspect(point, Never);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, left))!);
        File.WriteAllText(Path.Combine(folder, left), "left\n");
        point = await Cycle(space, await space.Note(point, "v", Message("v"), Never), 2);
        Assert.Equal(["a.txt", "file1.txt", "file2.txt"], Files(await space.Inspect(point, Never)));
        Assert.NotEqual("left\n", File.ReadAllText(Path.Combine(folder, "a.txt")));
        Assert.Equal("x\n", File.ReadAllText(Path.Combine(folder, "file1.txt")));
    }

    [Fact]
    public async Task What_was_ignored_is_not_there_for_a_reader_of_a_state_that_does_not_ignore_it()
    {
        using var user = await UserCheckout.Create();
        using var space = user.Beside();
        var point = await Cycle(space, await space.Begin(Never), 1);
        File.WriteAllText(Path.Combine(await space.Inspect(point, Never), "ignored.txt"), "built\n");
        point = await Cycle(space, await space.Note(point, "v", Message("v"), Never), 2);
        Assert.Contains("ignored.txt", Files(await space.Inspect(point, Never)));
        var folder = (await space.Enter(point, Never)).Path;
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "nothing\n");
        point = await space.Keep(point, "p", Message("p"), Never);
        Assert.Equal(["a.txt", "file1.txt", "file2.txt"], Files(await space.Inspect(point, Never)));
    }

    [Fact]
    public async Task A_workspace_that_vanished_is_made_again_and_a_deleted_branch_too()
    {
        using var user = await UserCheckout.Create();
        string point;
        using (var first = user.Beside())
        {
            point = await Cycle(first, await first.Begin(Never), 1);
            await first.Publish(point, Never);
        }

        Directory.Delete(Path.Combine(user.Settings().Home, "pool"), recursive: true);
        await user.Run("branch", "-D", "autopilot/loop");
        using var space = user.Beside();
        Assert.True((await space.Enter(point, Never)).IsNew);
        point = await Cycle(space, point, 2);
        await space.Publish(point, Never);
        Assert.Equal(".gitignore\na.txt\nfile1.txt\nfile2.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
    }

    [Fact]
    public async Task A_state_that_is_nowhere_any_more_is_named_and_one_that_was_published_is_found_again()
    {
        using var user = await UserCheckout.Create();
        string published, lost;
        using (var first = user.Beside())
        {
            published = await Cycle(first, await first.Begin(Never), 1);
            await first.Publish(published, Never);
            lost = await Cycle(first, published, 2);
        }

        Directory.Delete(user.Settings().Home, recursive: true);
        using var space = user.Beside();
        Assert.True(File.Exists(Path.Combine((await space.Enter(published, Never)).Path, "file1.txt")));
        using var again = user.Beside();
        Assert.Contains("is gone", (await Assert.ThrowsAsync<UserErrorException>(() => again.Inspect(lost, Never))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_with_commits_of_others_is_not_overwritten()
    {
        using var user = await UserCheckout.Create();
        using var space = user.Beside();
        var point = await Cycle(space, await space.Begin(Never), 1);
        var foreign = (await user.Run("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "theirs")).Trim();
        await user.Run("update-ref", "refs/heads/autopilot/loop", foreign);
        Assert.Contains("not of this run", (await Assert.ThrowsAsync<UserErrorException>(() => space.Publish(point, Never))).Message, StringComparison.Ordinal);
        Assert.Equal(foreign, (await user.Run("rev-parse", "autopilot/loop")).Trim());
    }

    [Fact]
    public void A_protected_folder_has_no_write_bits_and_gets_them_back()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/sub/a.txt", "a");
        folder.Write("tree/.autopilot/loop/b.txt", "b");
        const UnixFileMode writable = UnixFileMode.UserWrite;
        WriteProtection.Put(folder["tree"]);
        Assert.False(File.GetUnixFileMode(folder["tree/sub/a.txt"]).HasFlag(writable));
        Assert.False(File.GetUnixFileMode(folder["tree/sub"]).HasFlag(writable));
        Assert.False(File.GetUnixFileMode(folder["tree"]).HasFlag(writable));
        Assert.True(File.GetUnixFileMode(folder["tree/.autopilot/loop/b.txt"]).HasFlag(writable));
        WriteProtection.Lift(folder["tree"]);
        Assert.True(File.GetUnixFileMode(folder["tree/sub/a.txt"]).HasFlag(writable));
        Assert.True(File.GetUnixFileMode(folder["tree"]).HasFlag(writable));
    }

    [Fact]
    public async Task Without_git_a_readers_edit_is_seen_by_its_content_though_size_and_time_are_as_before()
    {
        using var folder = new TemporaryFolder();
        folder.Write("work/sub/a.txt", "one");
        folder.Write("work/b.txt", "bee");
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], TimeProvider.System);
        ILoopSpace asked = space;
        var point = await space.Begin(Never);
        var copy = await space.Inspect(point, Never);
        Assert.Empty(await asked.Changes(Never));
        copy = await space.Inspect(point, Never);
        var file = Path.Combine(copy, "sub/a.txt");
        var written = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "two");
        File.SetLastWriteTimeUtc(file, written);
        File.WriteAllText(Path.Combine(copy, "new.txt"), "new");
        File.Delete(Path.Combine(copy, "b.txt"));
        Assert.Equal(["b.txt", "new.txt", "sub/a.txt"], await asked.Changes(Never));
        space.Forget();
        copy = await space.Inspect(point, Never);
        Assert.Equal(["b.txt:bee", "sub/a.txt:one"], Contents(copy));
    }

    /// <summary>Files that the file system vouches for are not read again, and that must hide nothing.</summary>
    [Fact]
    public async Task Without_git_a_readers_edit_is_seen_though_the_file_was_long_settled()
    {
        using var folder = new TemporaryFolder();
        folder.Write("work/a.txt", "one");
        folder.Write("work/b.txt", "one");
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], new ManualClock(TimeProvider.System.GetUtcNow().AddMinutes(1)));
        ILoopSpace asked = space;
        var copy = await space.Inspect(await space.Begin(Never), Never);
        Assert.Empty(await asked.Changes(Never));
        Assert.Empty(await asked.Changes(Never));
        var written = File.GetLastWriteTimeUtc(Path.Combine(copy, "a.txt"));
        File.WriteAllText(Path.Combine(copy, "a.txt"), "two");
        File.SetLastWriteTimeUtc(Path.Combine(copy, "a.txt"), written);
        File.WriteAllText(Path.Combine(copy, "new"), "two");
        File.SetLastWriteTimeUtc(Path.Combine(copy, "new"), File.GetLastWriteTimeUtc(Path.Combine(copy, "b.txt")));
        File.Move(Path.Combine(copy, "new"), Path.Combine(copy, "b.txt"), overwrite: true);
        Assert.Equal(["a.txt", "b.txt"], await asked.Changes(Never));
    }

    [Fact]
    public async Task Without_git_the_copy_for_readers_follows_the_states()
    {
        using var folder = new TemporaryFolder();
        folder.Write("work/sub/a.txt", "one");
        folder.Write("work/gone/deep/b.txt", "bee");
        folder.Write("work/turns", "a file");
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], TimeProvider.System);
        ILoopSpace asked = space;
        var first = await space.Begin(Never);
        var copy = await space.Inspect(first, Never);
        Directory.CreateDirectory(Path.Combine(copy, "__pycache__"));
        Directory.CreateDirectory(Path.Combine(copy, "empty/inner"));
        Assert.Empty(await asked.Changes(Never));
        folder.Write("work/sub/a.txt", "two");
        Directory.Delete(folder["work/gone"], recursive: true);
        File.Delete(folder["work/turns"]);
        folder.Write("work/turns/c.txt", "see");
        var second = await space.Keep(first, "t", "", Never);
        Assert.Equal(["sub/a.txt:two", "turns/c.txt:see"], Contents(await space.Inspect(second, Never)));
        Assert.Equal(["sub", "turns"], Directory.EnumerateDirectories(copy, "*", SearchOption.AllDirectories).Select(d => Path.GetRelativePath(copy, d)).Order(StringComparer.Ordinal));
        // Whoever was there and was not looked at may have done anything.
        File.WriteAllText(Path.Combine(copy, "sub/a.txt"), "odd");
        Assert.Equal(["gone/deep/b.txt:bee", "sub/a.txt:one", "turns:a file"], Contents(await space.Inspect(first, Never)));
    }

    [Fact]
    public async Task Without_git_a_file_written_again_at_once_in_the_same_size_is_kept_again()
    {
        using var folder = new TemporaryFolder();
        folder.Write("work/a.txt", "one");
        var written = File.GetLastWriteTimeUtc(folder["work/a.txt"]);
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], new ManualClock(new DateTimeOffset(written)));
        var first = await space.Begin(Never);
        folder.Write("work/a.txt", "two");
        File.SetLastWriteTimeUtc(folder["work/a.txt"], written);
        Assert.NotEqual(first, await space.Keep(first, "t", "", Never));
    }

    [Fact]
    public async Task Without_git_a_change_is_kept_though_size_and_time_of_the_file_were_put_back()
    {
        using var folder = new TemporaryFolder();
        folder.Write("work/a.txt", "one");
        folder.Write("work/b.txt", "one");
        // So much later that the times of the files are settled.
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], new ManualClock(TimeProvider.System.GetUtcNow().AddMinutes(1)));
        var first = await space.Begin(Never);
        var written = File.GetLastWriteTimeUtc(folder["work/a.txt"]);
        File.WriteAllText(folder["work/a.txt"], "two");
        File.SetLastWriteTimeUtc(folder["work/a.txt"], written);
        var second = await space.Keep(first, "t1", "", Never);
        Assert.Equal("M a.txt", await space.Differences(first, second, 1000, Never));
        // Another file in its place, of the same size and time.
        File.WriteAllText(folder["work/new"], "two");
        File.SetLastWriteTimeUtc(folder["work/new"], File.GetLastWriteTimeUtc(folder["work/b.txt"]));
        File.Move(folder["work/new"], folder["work/b.txt"], overwrite: true);
        var third = await space.Keep(second, "t2", "", Never);
        Assert.Equal("M b.txt", await space.Differences(second, third, 1000, Never));
    }

    [SkippableFact]
    public async Task Without_git_a_pipe_in_the_folder_is_no_file_to_be_read()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        folder.Write("work/a.txt", "one");
#pragma warning disable RS0030 // A tool of the test.
        using (var made = System.Diagnostics.Process.Start("mkfifo", folder["work/pipe"])) await made.WaitForExitAsync();
#pragma warning restore RS0030
        using var space = new SnapshotLoopSpace(folder["work"], folder["home"], TimeProvider.System);
        Assert.Equal(["a.txt:one"], Contents(await space.Inspect(await space.Begin(Never), Never)));
    }

    private static IEnumerable<string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => $"{Path.GetRelativePath(folder, f)}:{File.ReadAllText(f)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder, f)).Where(f => f[0] != '.').Order(StringComparer.Ordinal);

    private static async Task<string> Cycle(ILoopSpace space, string point, int number)
    {
        var folder = (await space.Enter(point, Never)).Path;
        File.WriteAllText(Path.Combine(folder, $"file{number}.txt"), "x\n");
        var kept = await space.Keep(point, $"p{number}", Message($"p{number}"), Never);
        Assert.True(File.Exists(Path.Combine(await space.Inspect(kept, Never), $"file{number}.txt")));
        Assert.True(File.Exists(Path.Combine(await space.Inspect(kept, Never), $"file{number}.txt")));
        return await space.Note(kept, $"v{number}", Message($"v{number}"), Never);
    }

    private static string Message(string turn) => $"A turn\n\nAutopilot-Turn: {turn}\n";
}
