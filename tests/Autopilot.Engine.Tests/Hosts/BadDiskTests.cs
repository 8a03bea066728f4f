using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Tests.Hosts;

/// <summary>A disk that is full, a folder that cannot be written: a clear error, and all earlier records intact.</summary>
public sealed class BadDiskTests : IDisposable
{
    private readonly Host host = new();

    [SkippableFact]
    public async Task A_run_on_a_full_disk_stops_with_all_earlier_steps_and_goes_on_where_there_is_space()
    {
        Skip.IfNot(await host.CanIsolate(), "no right to mount");
        var process = await host.Isolated("""
            mkdir "$folder/disk" "$folder/rescued" && mount -t tmpfs -o size=1m tmpfs "$folder/disk" || exit 99
            echo go | "$host" run "$folder/disk" 1000 20000; code=$?
            cp -r "$folder/disk/." "$folder/rescued" && exit $code
            """);
        var (exit, lines) = await process.End();
        Assert.Equal(ExitCodes.Failed, exit.Code);
        Assert.Contains(exit.ErrorTail, line => line.StartsWith("The disk is full: ", StringComparison.Ordinal) && line.EndsWith("Everything recorded before is intact. Free some space, then resume.", StringComparison.Ordinal));
        var done = lines.Where(line => line.StartsWith("done ", StringComparison.Ordinal)).Select(line => $"make-{line["done ".Length..]}").ToList();
        Assert.NotEmpty(done);

        await using (var store = Store.Open(new SqliteDialect(host["rescued/autopilot.db"]), TimeProvider.System, RunSchema.Tables))
        {
            Assert.Equal("ok", await store.Read(session => session.Scalar<string>("PRAGMA integrity_check")));
            var steps = (await new RunEngine(store, TimeProvider.System).Steps(lines[0]["run ".Length..])).ToDictionary(step => step.Key, StringComparer.Ordinal);
            Assert.All(done, key => Assert.Equal((StepState.Completed, 20002), (steps[key].State, steps[key].Outcome!.Length)));
        }

        var (resumed, rest) = await (await host.Start("run", host["rescued"], "1000", "20000", lines[0]["run ".Length..])).End();
        Assert.True(resumed.Code == 0, string.Join('\n', resumed.ErrorTail));
        Assert.EndsWith(" 20000000", rest[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("ran 0", rest);
    }

    [SkippableFact]
    public async Task A_run_in_a_folder_that_became_read_only_is_refused_and_nothing_is_changed()
    {
        Skip.IfNot(await host.CanIsolate(), "no right to mount");
        var first = await host.Start("run", host.Folder, "10", "50");
        await first.Go();
        var (_, lines) = await first.End();
        var before = await File.ReadAllBytesAsync(host["autopilot.db"]);

        var process = await host.Isolated("""
            mount --bind "$folder" "$folder" && mount -o remount,ro,bind "$folder" || exit 99
            "$host" run "$folder" 10 50
            """);
        var (exit, _) = await process.End();
        Assert.Equal(ExitCodes.Failed, exit.Code);
        Assert.Contains(exit.ErrorTail, line => line.Contains($"{host["autopilot.db"]} cannot be opened or created. Check that its folder exists and that you may write there.", StringComparison.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(host["autopilot.db"]));
        Assert.StartsWith("result ", lines[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_recording_on_a_full_disk_keeps_every_event_that_was_taken()
    {
        Skip.IfNot(await host.CanIsolate(), "no right to mount");
        var process = await host.Isolated("""
            mkdir "$folder/disk" && mount -t tmpfs -o size=300k tmpfs "$folder/disk" || exit 99
            "$host" record "$folder/disk/t.jsonl" 3000; code=$?
            cp "$folder/disk/t.jsonl" "$folder/kept.jsonl" && exit $code
            """);
        var (exit, lines) = await process.End();
        Assert.Equal(ExitCodes.Failed, exit.Code);
        Assert.Contains(exit.ErrorTail, line => line.Contains("cannot be continued: ", StringComparison.Ordinal) && line.EndsWith("Everything recorded before is intact.", StringComparison.Ordinal));
        var report = new ReadReport("kept");
        var texts = TrajectoryFile.Read(host["kept.jsonl"], report).OfType<RecordedEvent>().Select(e => ((AssistantText)e.Event).Text.Split(' ')[0]).ToList();
        Assert.Equal(0, report.Unreadable);
        Assert.Equal(lines.Select(line => line["recorded ".Length..]), texts.Take(lines.Count));
        Assert.InRange(texts.Count, lines.Count, lines.Count + 1);
    }

    [SkippableFact]
    public async Task The_kill_switch_is_pulled_on_a_full_disk_too_and_says_what_could_not_be_recorded()
    {
        Skip.IfNot(await host.CanIsolate(), "no right to mount");
        var process = await host.Isolated("""
            mkdir "$folder/disk" && mount -t tmpfs -o size=64k tmpfs "$folder/disk" || exit 99
            dd if=/dev/zero of="$folder/disk/large" bs=4k 2> /dev/null
            "$host" kill "$folder/disk" enough; code=$?
            ls "$folder/disk"; exit $code
            """);
        var (exit, lines) = await process.End();
        Assert.True(exit.Code == 0, string.Join('\n', exit.ErrorTail));
        Assert.StartsWith("The reason could not be written into ", lines[0], StringComparison.Ordinal);
        Assert.Contains(" It is not in the journal: No space left on device", lines[0], StringComparison.Ordinal);
        Assert.Equal(["large", "mode.journal", "mode.lock", "stop"], lines.Skip(1));
    }

    public void Dispose() => host.Dispose();
}
