using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>Looks at the watched calls of one sandbox, notes those that it will refuse, and lets each go on: it is the kernel that refuses.</summary>
/// <remarks>
/// Threads of its own, because the program waits while its call is looked at. Until one has taken the call, a signal can interrupt it:
/// so while one of them looks, the other is ready to take.
/// </remarks>
internal sealed class CallWatch : IDisposable
{
    private const nuint Receive = 0xC0502100, Send = 0xC0182101, SetFlags = 0x40082104;
    private const short HangUp = 0x10;
    private const int PollMilliseconds = 200;
    private readonly int listener;
    private readonly CallReading reading;
    private readonly Action<string> refused;
    private readonly Lock taking = new();
    private readonly Thread[] threads;
    private volatile bool closing;

    /// <param name="listener">From <see cref="CallFilter"/>; owned.</param>
    /// <param name="judge">What will be refused.</param>
    /// <param name="refused">Told of it, while the call waits.</param>
    public CallWatch(int listener, CallJudge judge, Action<string> refused)
    {
        this.listener = listener;
        this.refused = refused;
        reading = new CallReading(judge);
        // Where the kernel can: it runs this thread at once on the processor of the one that waits. Elsewhere it costs more.
        _ = LibC.IoControl(listener, SetFlags, 1);
        threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(Run) { IsBackground = true, Name = "sandbox watch" })];
        foreach (var thread in threads) thread.Start();
    }

    /// <summary>Ends when the last program under the filter has ended; at the latest soon after this.</summary>
    public void Dispose()
    {
        closing = true;
        foreach (var thread in threads) thread.Join();
        _ = LibC.Close(listener);
    }

    private unsafe void Run()
    {
        var entry = new PollEntry { Descriptor = listener, Events = PollEntry.Readable };
        while (!closing)
        {
            var ready = LibC.Poll(&entry, 1, PollMilliseconds);
            if (ready > 0 && (entry.Returned & HangUp) != 0) break;
            if (ready > 0 && Take() is { } notice) Look(notice);
        }
    }

    // Both are woken, and the second must not wait here for a call that may never come.
    private unsafe CallNotice? Take()
    {
        lock (taking)
        {
            var entry = new PollEntry { Descriptor = listener, Events = PollEntry.Readable };
            if (LibC.Poll(&entry, 1, 0) <= 0 || (entry.Returned & PollEntry.Readable) == 0) return null;
            CallNotice notice = default;
            return LibC.IoControl(listener, Receive, (nint)(&notice)) == 0 ? notice : null; // null: the caller is gone again
        }
    }

    private unsafe void Look(CallNotice notice)
    {
        try
        {
            if (reading.Refusal(notice) is { } refusal) refused(refusal);
        }
        finally
        {
            var answer = new CallAnswer { Id = notice.Id, Flags = CallAnswer.Continue };
            _ = LibC.IoControl(listener, Send, (nint)(&answer));
        }
    }
}
