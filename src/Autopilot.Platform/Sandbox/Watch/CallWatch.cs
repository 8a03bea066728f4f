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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly int listener;
    private readonly CallReading reading;
    private readonly Action<string> refused;
    private readonly bool wakes;
    private readonly AutoResetEvent turn = new(true);
    private readonly Thread[] threads;
    private volatile bool closing;

    /// <param name="listener">From <see cref="CallFilter"/>; owned.</param>
    /// <param name="judge">What will be refused.</param>
    /// <param name="refused">Told of it, while the call waits.</param>
    /// <param name="wakes">Whether the kernel wakes who waits for a call when no program is left that could make one; null to know it by the kernel.</param>
    public CallWatch(int listener, CallJudge judge, Action<string> refused, bool? wakes = null)
    {
        (this.listener, this.refused, this.wakes) = (listener, refused, wakes ?? Environment.OSVersion.Version >= new Version(6, 11));
        reading = new CallReading(judge);
        // Where the kernel can: it runs this thread at once on the processor of the one that waits. Elsewhere it costs more.
        _ = LibC.IoControl(listener, SetFlags, 1);
        threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(Run) { IsBackground = true, Name = "sandbox watch" })];
        foreach (var thread in threads) thread.Start();
    }

    /// <summary>Ends when the last program under the filter has ended; it is to have ended before.</summary>
    public void Dispose()
    {
        closing = true;
        // One that hangs in the kernel keeps them waiting: they and the listener are left to it.
        if (!Array.TrueForAll(threads, thread => thread.Join(Patience))) return;
        _ = LibC.Close(listener);
        turn.Dispose();
    }

    private void Run()
    {
        while ((wakes ? Take() : TakeInTurn()) is { } notice) Look(notice);
    }

    /// <summary>Waits for a call; null when none can come any more.</summary>
    private unsafe CallNotice? Take()
    {
        while (!closing)
        {
            CallNotice notice = default;
            if (LibC.IoControl(listener, Receive, (nint)(&notice)) == 0) return notice;
            // Nobody is left, or the caller is gone again.
            if ((Ready(0) & HangUp) != 0) return null;
        }

        return null;
    }

    /// <summary>The same where only a look tells that none can come: one waits at a time, and lets the other wait when it has taken a call.</summary>
    private unsafe CallNotice? TakeInTurn()
    {
        turn.WaitOne();
        try
        {
            while (!closing)
            {
                var ready = Ready(PollMilliseconds);
                if ((ready & HangUp) != 0) return null;
                CallNotice notice = default;
                if ((ready & PollEntry.Readable) != 0 && LibC.IoControl(listener, Receive, (nint)(&notice)) == 0) return notice;
            }

            return null;
        }
        finally
        {
            turn.Set();
        }
    }

    private unsafe int Ready(int milliseconds)
    {
        var entry = new PollEntry { Descriptor = listener, Events = PollEntry.Readable };
        return LibC.Poll(&entry, 1, milliseconds) > 0 ? entry.Returned : 0;
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
