using System.Globalization;
using System.Text.Json;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Platform.Journals;
using Microsoft.Win32.SafeHandles;

namespace Autopilot.Engine.Governor;

/// <summary>The journal on the disk: appended under a lock, read without one, repaired or put aside where it does not verify.</summary>
/// <remarks>
/// The lock is held only while a line is written; the wait for the disk comes after it, so writers that come together
/// share one flush. A line that a later one is chained to lies before it in the same file, and so is durable when the later one is.
/// </remarks>
internal sealed class JournalFile(GovernorHome home, TimeProvider clock)
{
    /// <summary>How long a reader waits for whoever may be writing what it finds damaged at this moment.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock writing = new();
    private readonly Lock syncing = new();
    private volatile JournalTip tip = JournalTip.Empty;
    private volatile JournalSnapshot? newest;
    private bool inspected;
    private long synced;

    /// <summary>The verified end as of now, without a lock. A damaged journal is mended first, which takes one; where that cannot be had, what the mended one will say holds all the same.</summary>
    public JournalTip Peek()
    {
        var known = tip;
        if (Volatile.Read(ref inspected) && Length() == known.Length) return known;
        if (Volatile.Read(ref inspected) && Follow(known) is { } next) return tip = next;
        // The snapshot first: a line is never acknowledged in it before it is in the journal.
        var snapshot = JournalSnapshot.Read(home.Snapshot);
        var inspection = JournalInspection.Of(ReadAll(), snapshot);
        if (inspection.IsClean) return Adopt(inspection.Tip);
        // An unfinished tail may be a line that is being written at this moment: only who holds the lock can tell.
        return inspection is { Torn: true, Restorable: null, Damage: null } ? inspection.Tip : Locked(Inspect, Moment) ?? Foreseen(inspection);
    }

    /// <summary>Appends one entry and returns when it is durable.</summary>
    /// <param name="make">Makes it from the end of the journal; null appends nothing.</param>
    /// <param name="cancellation">Ends the wait for another writer.</param>
    /// <exception cref="UserErrorException">The disk is full, the folder read-only, or another process keeps the lock. Nothing was appended.</exception>
    public JournalTip Append(Func<JournalTip, JournalEntry?> make, CancellationToken cancellation) =>
        Append(make, ShortLock.Patience, cancellation) ?? throw Held("See which (fuser FILE), and whether it is stopped.");

    /// <summary>As <see cref="Append(Func{JournalTip, JournalEntry}, CancellationToken)"/>, for readers, who wait for nobody.</summary>
    /// <exception cref="UserErrorException">As there, or another writes at this moment.</exception>
    public JournalTip AppendAtOnce(Func<JournalTip, JournalEntry?> make) =>
        Append(make, TimeSpan.Zero, CancellationToken.None) ?? throw Held("It is recorded by whoever can write next.");

    private UserErrorException Held(string advice) =>
        new($"{home.Journal} cannot be written: {home.Lock} is locked by another process. Nothing was changed. {advice.Replace("FILE", home.Lock, StringComparison.Ordinal)}", ExitCodes.Failed);

    private JournalTip? Append(Func<JournalTip, JournalEntry?> make, TimeSpan patience, CancellationToken cancellation)
    {
        SafeFileHandle? handle = null;
        try
        {
            DurableFolder.Create(home.Path);
            var end = Locked(() => Write(make, ref handle), patience, cancellation);
            if (handle is not null) Sync(handle, end!.Length);
            return end;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{home.Journal} cannot be written: {error.Message} Nothing was changed.", ExitCodes.Failed, error);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private JournalTip Write(Func<JournalTip, JournalEntry?> make, ref SafeFileHandle? handle)
    {
        var end = Current();
        if (make(end) is not { } entry) return end;
        handle = OpenForAppend();
        return AppendLocked(handle, end, entry);
    }

    /// <returns>Null when another holds the lock for all that time.</returns>
    private JournalTip? Locked(Func<JournalTip> work, TimeSpan patience, CancellationToken cancellation = default)
    {
        if (!writing.TryEnter(patience)) return null;
        try
        {
            using var held = ShortLock.TryTake(home.Lock, patience, cancellation);
            return held is null ? null : work();
        }
        finally
        {
            writing.Exit();
        }
    }

    /// <summary>The last lines, the oldest first.</summary>
    public IReadOnlyList<JournalEntry> Tail(int count)
    {
        _ = Peek();
        return Entries().TakeLast(count).ToList();
    }

    /// <summary>All lines that verify, the oldest first.</summary>
    public IEnumerable<JournalEntry> Entries()
    {
        if (!File.Exists(home.Journal)) yield break;
        using var reader = new StreamReader(new FileStream(home.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            if (!line.EndsWith('}')) yield break;
            if (JsonSerializer.Deserialize(line, GovernanceJson.Line.JournalEntry) is { } entry) yield return entry;
        }
    }

    /// <summary>Whether every line verifies, from the first on; for audits.</summary>
    public bool VerifiesWholly() => JournalInspection.Of(ReadAll(), JournalSnapshot.Read(home.Snapshot)).IsClean;

    /// <summary>What will hold when this is mended: the acknowledged last line, or off.</summary>
    private JournalTip Foreseen(JournalInspection inspection)
    {
        if (inspection.Restorable is { } lost) return JournalInspection.Advance(inspection.Tip, lost.Line) ?? inspection.Tip;
        return inspection.Damage is null ? inspection.Tip : inspection.Tip with { State = Off() };
    }

    private JournalTip Current()
    {
        var known = tip;
        var length = Length();
        if (!inspected || length < known.Length) return Inspect();
        if (length == known.Length) return known;
        return Follow(known) is { } next && next.Length == length ? tip = next : Inspect();
    }

    /// <summary>Verifies everything, under the lock, and mends what can be mended.</summary>
    private JournalTip Inspect()
    {
        var snapshot = JournalSnapshot.Read(home.Snapshot);
        var inspection = JournalInspection.Of(ReadAll(), snapshot);
        if (inspection.IsClean) return Adopt(inspection.Tip);
        Volatile.Write(ref synced, 0);
        if (inspection.Damage is { } damage) return PutAside(inspection.Tip, damage);

        using var handle = OpenForAppend();
        RandomAccess.SetLength(handle, inspection.Tip.Length);
        var mended = inspection.Tip;
        if (inspection.Restorable is { } lost)
        {
            RandomAccess.Write(handle, lost.Line, lost.Offset);
            mended = JournalInspection.Advance(mended, lost.Line) ?? mended;
        }

        var what = inspection.Restorable is null ? "an unfinished last line was cut off" : "the last line was restored from the snapshot";
        mended = AppendLocked(handle, mended, Event(mended, mended.State, JournalEvents.Repair, what));
        RandomAccess.FlushToDisk(handle);
        return Adopt(mended);
    }

    /// <summary>Keeps the damaged file under a name of its own and goes on from the lines that verify, switched off.</summary>
    private JournalTip PutAside(JournalTip good, string damage)
    {
        var aside = UnusedName(home.Journal + ".quarantine-" + clock.GetUtcNow().ToString("yyyyMMddTHHmmssfffZ", CultureInfo.InvariantCulture));
        var history = ReadAll().AsSpan(0, (int)good.Length).ToArray();
        if (File.Exists(home.Journal)) File.Move(home.Journal, aside, overwrite: false);
        if (File.Exists(home.Snapshot)) File.Move(home.Snapshot, UnusedName(aside + ".snapshot"), overwrite: false);
        using var handle = OpenForAppend();
        RandomAccess.Write(handle, history, 0);
        var end = AppendLocked(handle, good, Event(good, Off(), JournalEvents.Quarantine, $"{damage}; kept as {Path.GetFileName(aside)}"));
        RandomAccess.FlushToDisk(handle);
        newest!.Write(home.Snapshot);
        DurableFolder.Sync(home.Path);
        return Adopt(end);
    }

    private ModeState Off() => ModeState.Initial with { SetBy = Actor.System, SetAt = clock.GetUtcNow(), Reason = "the journal was damaged" };

    private JournalEntry Event(JournalTip before, ModeState after, string kind, string reason) => new()
    {
        Seq = before.Seq + 1,
        Ts = clock.GetUtcNow(),
        Event = kind,
        From = GovernanceNames.Of(before.State.Mode),
        To = GovernanceNames.Of(after.Mode),
        Actor = GovernanceNames.Of(Actor.System),
        Reason = reason,
        Pid = Environment.ProcessId,
        State = JournaledState.Of(after),
    };

    private JournalTip AppendLocked(SafeFileHandle handle, JournalTip end, JournalEntry entry)
    {
        var line = HashChain.Seal(end.Hash, JsonSerializer.SerializeToUtf8Bytes(entry, GovernanceJson.Line.JournalEntry), out var hash);
        try
        {
            RandomAccess.Write(handle, line, end.Length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(handle, end.Length);
            throw;
        }

        newest = new JournalSnapshot(end.Length, end.Hash, line);
        return tip = new JournalTip(end.Length + line.Length, hash, entry, entry.State.Parse() ?? ModeState.Initial);
    }

    private void Sync(SafeFileHandle handle, long upTo)
    {
        lock (syncing)
        {
            if (synced >= upTo) return;
            var acknowledged = newest;
            RandomAccess.FlushToDisk(handle);
            if (acknowledged is null) return;
            if (acknowledged.Offset == 0) DurableFolder.Sync(home.Path);
            acknowledged.Write(home.Snapshot);
            synced = acknowledged.End;
        }
    }

    private JournalTip Adopt(JournalTip verified)
    {
        tip = verified;
        Volatile.Write(ref inspected, true);
        return verified;
    }

    private JournalTip? Follow(JournalTip known)
    {
        if (!File.Exists(home.Journal)) return null;
        using var handle = File.OpenHandle(home.Journal, share: FileShare.ReadWrite | FileShare.Delete);
        var size = RandomAccess.GetLength(handle) - known.Length;
        if (size <= 0) return null;
        var added = new byte[size];
        return JournalInspection.Advance(known, added.AsSpan(0, RandomAccess.Read(handle, added, known.Length)));
    }

    private SafeFileHandle OpenForAppend()
    {
        var handle = File.OpenHandle(home.Journal, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!OperatingSystem.IsWindows() && RandomAccess.GetLength(handle) == 0) File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return handle;
    }

    private byte[] ReadAll()
    {
        if (!File.Exists(home.Journal)) return [];
        using var handle = File.OpenHandle(home.Journal, share: FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[RandomAccess.GetLength(handle)];
        return bytes[..RandomAccess.Read(handle, bytes, 0)];
    }

    private long Length()
    {
        var info = new FileInfo(home.Journal);
        return info.Exists ? info.Length : 0;
    }

    private static string UnusedName(string wanted)
    {
        var name = wanted;
        for (var i = 2; Path.Exists(name); i++) name = $"{wanted}-{i}";
        return name;
    }
}
