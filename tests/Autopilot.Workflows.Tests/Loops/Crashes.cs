using Autopilot.Platform.Sql;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>The power was pulled.</summary>
public sealed class CrashException() : Exception("crash");

/// <summary>Counts the writes of all processes of a scenario and is pulled at one of them, once.</summary>
/// <param name="isDue">Whether it is pulled at a write, by its number from 1; not asked again after a yes.</param>
public sealed class Plug(Func<int, bool> isDue, bool afterWrite)
{
    private int writes;
    private volatile bool wasPulled;

    public Plug(int pullAt, bool afterWrite)
        : this(write => write == pullAt, afterWrite)
    {
    }

    public int Writes => writes;

    public bool AfterWrite => afterWrite;

    public bool WasPulled => wasPulled;

    public bool Count()
    {
        var write = Interlocked.Increment(ref writes);
        return !wasPulled && (wasPulled = isDue(write));
    }
}

/// <summary>The store of a process that dies when the plug is pulled; from then on it can do nothing.</summary>
public sealed class CrashingStore(IStore inner, Plug plug) : IStore
{
    private volatile bool isDead;

    public async Task<T> Write<T>(Func<SqlSession, T> job, CancellationToken cancellation = default)
    {
        if (isDead) throw new CrashException();
        var isFatal = isDead = plug.Count();
        if (isFatal && !plug.AfterWrite) throw new CrashException();
        var result = await inner.Write(job, cancellation);
        return isFatal ? throw new CrashException() : result;
    }

    public Task<T> Read<T>(Func<SqlSession, T> query, CancellationToken cancellation = default) =>
        isDead ? throw new CrashException() : inner.Read(query, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
