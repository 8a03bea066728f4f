using Autopilot.Core.Governance;
using Autopilot.Platform.Journals;

namespace Autopilot.Engine.Governor;

/// <summary>The one source of cancellation: kill switch, mode off, signal, deadline and budget all end in its token.</summary>
/// <remarks>Changes of files are seen at once by the system's notification; a cheap look ten times a second stands behind it, since notifications can be lost.</remarks>
public sealed class StopSource : IDisposable
{
    /// <summary>A cause is seen after at most this long, also where the system notifies nobody.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource source = new();
    private readonly KillSwitch killSwitch;
    private readonly ModeMachine? machine;
    private readonly List<IDisposable> parts = [];
    private readonly Action<string, string>? count;
    private string? cause;

    /// <param name="machine">The mode that must be on; null for work that a person started, which runs whatever the mode.</param>
    /// <param name="deadline">When the work must end; null for never.</param>
    /// <param name="count">Counts what goes wrong and is dealt with; null for nobody.</param>
    public StopSource(GovernorHome home, KillSwitch killSwitch, ModeMachine? machine, TimeProvider clock, DateTimeOffset? deadline = null, Action<string, string>? count = null)
    {
        (this.killSwitch, this.machine, this.count) = (killSwitch, machine, count);
        DurableFolder.Create(home.Path);
        Watch(home.Path);
        if (Path.GetDirectoryName(home.NamedKillFile) is { } folder && folder != home.Path && Directory.Exists(folder)) Watch(folder);
        parts.Add(clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery));
        if (deadline is { } end)
        {
            var left = end - clock.GetUtcNow();
            parts.Add(clock.CreateTimer(_ => Stop("deadline: the time for this work is over"), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        Look();
    }

    public CancellationToken Token => source.Token;

    /// <summary>Why it fired, beginning with a stable word (kill, mode:off, signal, deadline, budget); null while it has not.</summary>
    public string? Cause => Volatile.Read(ref cause);

    /// <summary>Stops everything, for the first cause that comes.</summary>
    public void Stop(string why)
    {
        if (Interlocked.CompareExchange(ref cause, why, null) is null) source.Cancel();
    }

    /// <summary>Makes another token one of the causes, such as the one of the signals.</summary>
    public void Obey(Func<string> why, CancellationToken other) => parts.Add(other.UnsafeRegister(_ => Stop(why()), null));

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
        source.Dispose();
    }

    private void Look()
    {
        if (Cause is not null) return;
        if (killSwitch.IsPulled) Stop($"{StopCauses.Kill}: {killSwitch.Reason}");
        else if (machine?.Read() is { Mode: Mode.Off } state) Stop($"{StopCauses.ModeOff}: {(state.Reason.Length > 0 ? state.Reason : "unattended work is switched off")}");
    }

    private void Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size };
            watcher.Created += (_, _) => Look();
            watcher.Renamed += (_, _) => Look();
            watcher.Changed += (_, _) => Look();
            watcher.EnableRaisingEvents = true;
            parts.Add(watcher);
        }
        catch (IOException)
        {
            // The system's notifications are used up; the look ten times a second is enough.
            count?.Invoke("autopilot_failures_total", "where=\"stop\",kind=\"no_notifications\"");
        }
    }
}
