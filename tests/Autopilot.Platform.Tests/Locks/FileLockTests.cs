using Autopilot.Platform.Locks;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Locks;

public class FileLockTests
{
    [Fact]
    public async Task A_held_lock_is_refused_and_names_its_holder()
    {
        using var folder = new TemporaryFolder();
        var path = folder["locks/a.lock"];
        Assert.Null(FileLock.HolderOf(path));
        using (FileLock.TryAcquire(path))
        {
            Assert.Null(FileLock.TryAcquire(path));
            Assert.Equal(Holder.Current, FileLock.HolderOf(path));
        }

        // A process that another test starts at this very moment has the open file, too, until it becomes its program.
        using var again = await FileLock.Acquire(path, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);
        Assert.Equal(Holder.Current, FileLock.HolderOf(path));
    }

    [Fact]
    public async Task A_waiter_gets_the_lock_when_it_is_free()
    {
        using var folder = new TemporaryFolder();
        var first = FileLock.TryAcquire(folder["lock"])!;
        var waiting = FileLock.Acquire(folder["lock"], TimeSpan.FromMinutes(1), TimeProvider.System, default);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_waiter_gives_up_in_time_and_says_who_has_it()
    {
        using var folder = new TemporaryFolder();
        using var first = FileLock.TryAcquire(folder["lock"])!;
        var error = await Assert.ThrowsAsync<TimeoutException>(() => FileLock.Acquire(folder["lock"], TimeSpan.Zero, TimeProvider.System, default));
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiter_listens_to_cancellation()
    {
        using var folder = new TemporaryFolder();
        using var first = FileLock.TryAcquire(folder["lock"])!;
        using var stop = new CancellationTokenSource();
        var waiting = FileLock.Acquire(folder["lock"], TimeSpan.FromMinutes(1), TimeProvider.System, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void This_process_lives_and_its_number_with_another_start_does_not()
    {
        Assert.False(Holder.Current.IsDead);
        Assert.True((Holder.Current with { StartedAt = "another" }).IsDead);
        Assert.True(new Holder(int.MaxValue, "x", Holder.Current.Host).IsDead);
        Assert.False(new Holder(int.MaxValue, "x", "another-host").IsDead);
    }
}
