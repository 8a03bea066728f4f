using System.Text;
using Autopilot.Core;
using Autopilot.Platform.Files;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Files;

public class FileTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [SkippableFact]
    public void A_written_file_is_whole_private_and_leaves_nothing_behind()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        var file = folder["new/deep/file.txt"];
        AtomicFile.Write(file, "one");
        AtomicFile.Write(file, "two");
        Assert.Equal("two", File.ReadAllText(file));
        Assert.Equal([file], Directory.EnumerateFiles(folder["new"], "*", SearchOption.AllDirectories));
        Assert.Equal(Owner, File.GetUnixFileMode(file));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["new/deep"]));
    }

    [Fact]
    public async Task A_reader_sees_the_old_content_or_the_new()
    {
        using var folder = new TemporaryFolder();
        var file = folder["file"];
        string[] contents = [new string('a', 100_000), new string('b', 50_000)];
        AtomicFile.Write(file, contents[0]);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            while (!done.IsCancellationRequested || reads == 0)
            {
                Assert.Contains(File.ReadAllText(file), contents);
                reads++;
            }
        });
        for (var i = 0; i < 50; i++) AtomicFile.Write(file, contents[i % 2]);
        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_temporary_one()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["taken/inside"]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["taken"], "text"));
        Assert.Equal([folder["taken"]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>The writer dies at any byte: every whole line stays, the torn one is handed over.</summary>
    [Fact]
    public void A_torn_tail_is_cut_off_at_every_byte()
    {
        using var folder = new TemporaryFolder();
        var whole = string.Concat(Enumerable.Range(0, 3).Select(i => $"{{\"line\":{i},\"text\":\"{new string('x', i * 3000)}\"}}\n"));
        for (var length = 0; length <= whole.Length; length += length < 40 ? 1 : 61)
        {
            var file = folder.Write("log", whole[..length]);
            using (var log = AppendOnlyFile.Open(file))
            {
                Assert.Equal(whole[..length][(whole[..length].LastIndexOf('\n') + 1)..], Encoding.UTF8.GetString(log.TornTail.Span));
                log.Append("{\"line\":9}\n"u8);
                log.Sync();
            }

            Assert.Equal(whole[..(whole[..length].LastIndexOf('\n') + 1)] + "{\"line\":9}\n", File.ReadAllText(file));
        }
    }

    [Fact]
    public void An_artefact_is_named_by_its_content_and_checked_when_read()
    {
        using var folder = new TemporaryFolder();
        var files = new ArtefactFiles(folder["artefacts"]);
        var artefact = files.Put("a long diff");
        Assert.Equal(artefact, files.Put("a long diff"));
        Assert.Single(Directory.EnumerateFiles(folder["artefacts"], "*", SearchOption.AllDirectories));
        Assert.Equal("a long diff", files.ReadText(artefact));
        File.WriteAllText(files.PathOf(artefact), "a wrong diff");
        Assert.Throws<InvalidDataException>(() => files.Read(artefact));
    }

    [Fact]
    public void A_batch_puts_all_its_files_in_their_places_at_its_end_or_none()
    {
        using var folder = new TemporaryFolder();
        var files = new ArtefactFiles(folder["artefacts"]);
        using (var dropped = new AtomicBatch())
        {
            dropped.Add(folder["file"], "old"u8);
            files.Put("content", dropped);
        }

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
        using var batch = new AtomicBatch();
        batch.Add(folder["file"], "new"u8);
        var artefact = files.Put("content", batch);
        Assert.Equal(artefact, files.Put("content", batch));
        batch.Complete();
        Assert.Equal("content", files.ReadText(artefact));
        Assert.Equal([files.PathOf(artefact), folder["file"]], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_stamp_tells_that_a_file_was_touched_though_size_and_time_were_put_back()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "one");
        File.CreateSymbolicLink(folder["link"], file);
        var before = FileStamp.Of(file)!.Value;
        Assert.Equal((FileKind.File, 3, File.GetUnixFileMode(file)), (before.Kind, before.Length, before.Mode));
        Assert.Equal(FileKind.Link, FileStamp.Of(folder["link"])!.Value.Kind);
        Assert.Equal(FileKind.Folder, FileStamp.Of(folder.Path)!.Value.Kind);
        Assert.Null(FileStamp.Of(folder["nothing"]));
        Assert.False(before.IsSettled(DateTimeOffset.UnixEpoch.AddTicks(before.Changed / 100).AddMilliseconds(99)));
        Assert.True(before.IsSettled(DateTimeOffset.UnixEpoch.AddTicks(before.Changed / 100).AddMilliseconds(101)));
        // Until the clock by which the file system stamps has gone on.
        while (FileStamp.Of(folder.Write("later", ""))!.Value.Changed == before.Changed) { }
        var written = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "two");
        File.SetLastWriteTimeUtc(file, written);
        var after = FileStamp.Of(file)!.Value;
        Assert.Equal((before.Length, before.Number), (after.Length, after.Number));
        Assert.NotEqual(before.Changed, after.Changed);
    }

    [Fact]
    public void A_walk_gives_each_folder_before_what_is_in_it_and_follows_no_link()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/b/c", "");
        folder.Write("skipped/d", "");
        Directory.CreateSymbolicLink(folder["a/up"], folder.Path);
        var found = FolderTree.Walk(folder.Path, path => path == "skipped").Select(e => e.Path).ToList();
        Assert.Equal(["a", "a/b", "a/b/c", "a/up"], found.Order(StringComparer.Ordinal));
        Assert.True(found.IndexOf("a") < found.IndexOf("a/b") && found.IndexOf("a/b") < found.IndexOf("a/b/c"));
    }

    [Fact]
    public void The_exclude_file_gets_the_pattern_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("repo/.git/info/exclude", "# comments\n*.bak");
        GitExclude.Add(folder["repo"], "/.autopilot/");
        GitExclude.Add(folder["repo"], "/.autopilot/");
        Assert.Equal("# comments\n*.bak\n/.autopilot/\n", File.ReadAllText(folder["repo/.git/info/exclude"]));
    }

    [Fact]
    public void A_linked_worktree_excludes_in_the_main_repository()
    {
        using var folder = new TemporaryFolder();
        folder.Write("repo/.git/worktrees/side/commondir", "../..\n");
        folder.Write("side/.git", $"gitdir: {folder["repo/.git/worktrees/side"]}\n");
        GitExclude.Add(folder["side"], "/.autopilot/");
        Assert.Equal("/.autopilot/\n", File.ReadAllText(folder["repo/.git/info/exclude"]));
    }

    [Fact]
    public void A_folder_without_git_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        GitExclude.Add(folder.Path, "/.autopilot/");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [SkippableFact]
    public void A_log_in_a_folder_that_cannot_be_written_is_said()
    {
        Skip.IfNot(Directory.Exists("/proc/self"));
        var error = Assert.Throws<UserErrorException>(() => AppendOnlyFile.Open("/proc/self/none/log"));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_made_for_a_file_is_made_durable_with_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal([folder["a/b"], folder["a"], folder.Path], AtomicBatch.Entered(folder["a/b"]));
        AtomicFile.Write(folder["a/b/file"], "text");
        Assert.Equal([folder["a/b"]], AtomicBatch.Entered(folder["a/b"]));
    }
}
