using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Engine.Governor;

/// <summary>The mode, with everything that was ever asked about it on record.</summary>
/// <param name="count">Counts what could not be recorded, by a name and labels; null for nobody.</param>
/// <param name="interruption">Ends the wait for another process that writes.</param>
public sealed class ModeMachine(GovernorHome home, TimeProvider clock, Action<string, string>? count = null, CancellationToken interruption = default)
{
    /// <summary>How it is counted that a temporary period was over and that could not be recorded.</summary>
    public const string EndNotRecorded = "end_not_recorded";

    /// <summary>A longer reason is cut: a line of the journal is written in one piece.</summary>
    private const int LongestReason = 500;

    private const string ModeOfTheFile = "the mode of the file";

    private const string PeriodIsOver = "the temporary period is over";

    private static readonly Caller Itself = new(Actor.System, new ProcessIdentity(Environment.ProcessId, 0, "autopilot"), []);

    private readonly JournalFile journal = new(home, clock);
    private volatile string? unrecorded;
    private DateTimeOffset? unrecordedEnd;

    /// <summary>What this process could not write down until now, and why; null when it could write down everything.</summary>
    public string? Unrecorded => unrecorded;

    /// <summary>The state that holds now. Never waits for a writer; ends a temporary period that is over, on record where that can be had at once.</summary>
    public ModeState Read()
    {
        var state = journal.Peek().State;
        if (state.HasExpired(clock.GetUtcNow())) return Expire(state.Until);
        unrecorded = null;
        return state;
    }

    /// <summary>Asks for another mode. What is refused is recorded as well.</summary>
    public ModeDecision Request(ModeRequest request, Caller caller)
    {
        var asked = request with { Actor = caller.Actor, Reason = Cut(request.Reason) };
        ModeDecision? decision = null;
        // The end of a period that nobody could record until now comes first: it is decided from what holds.
        while (decision is null) Append(end => End(end) ?? Decided(end));
        return decision;

        JournalEntry Decided(JournalTip end)
        {
            decision = ModeTable.Decide(end.State, asked, clock.GetUtcNow());
            return Entry(end, decision, asked.To, asked.Reason, caller);
        }
    }

    /// <summary>Records a request that never came to the table.</summary>
    /// <param name="code">One of <see cref="RefusalCodes"/>.</param>
    /// <param name="wanted">What was asked for: a mode, kill, approve ...</param>
    public void RecordRefusal(string code, string wanted, string reason, Caller caller) =>
        Append(end => Line(end, end.State, caller, Cut(reason)) with { Event = JournalEvents.Refusal, To = wanted, Code = code });

    /// <summary>Records that the kill switch was pulled or released.</summary>
    public void RecordKillSwitch(bool pulled, string reason, Caller caller) =>
        Append(end => Line(end, end.State, caller, Cut(reason)) with { Event = pulled ? JournalEvents.Kill : JournalEvents.Unkill });

    /// <summary>Takes over what another program recorded: its history, and its mode where none was ever set here and who set it there could have set it here. What was imported before is not imported again.</summary>
    public ImportOutcome Import(LocalAutopilotState imported, Caller caller)
    {
        var (added, seen) = (0, -1L);
        HashSet<(string?, string, string)> known = [];
        foreach (var past in imported.History)
        {
            Append(end =>
            {
                // Under the lock: another import may be at work.
                if (end.Seq != seen) known = Entries().Where(entry => entry.Event == JournalEvents.Import).Select(entry => (entry.Evidence, entry.To, entry.Reason)).ToHashSet();
                // History changes nothing: each line carries the state that holds here.
                var line = Line(end, end.State, caller, Cut(past.Reason)) with { Event = JournalEvents.Import, From = GovernanceNames.Of(past.From), To = GovernanceNames.Of(past.To), Evidence = $"{past.At.UtcDateTime:O} by {GovernanceNames.Of(past.Actor)}" };
                var isNew = known.Add((line.Evidence, line.To, line.Reason));
                (added, seen) = isNew ? (added + 1, line.Seq) : (added, end.Seq);
                return isNew ? line : null;
            });
        }

        var refusal = ModeTable.RefusalOfForeign(imported.State, clock.GetUtcNow());
        return Adopt(imported.State, refusal, caller) ? new ImportOutcome(added, true, refusal) : new ImportOutcome(added, false, null);
    }

    /// <returns>False when a mode was set here, by whatever means.</returns>
    private bool Adopt(ModeState foreign, string? refusal, Caller caller)
    {
        var adopted = false;
        var state = refusal is null ? foreign : ModeState.Initial with { SetBy = Actor.System, SetAt = clock.GetUtcNow(), Reason = $"the imported mode was {GovernanceNames.Of(foreign.Mode)}: {RefusalCodes.Explain(refusal)}" };
        Append(end =>
        {
            adopted = !Entries().Any(entry => entry.Event == JournalEvents.Transition || entry is { Event: JournalEvents.Import, Evidence: ModeOfTheFile });
            return adopted ? Line(end, state, caller, Cut(state.Reason)) with { Event = JournalEvents.Import, Evidence = ModeOfTheFile, Code = refusal } : null;
        });
        return adopted;
    }

    /// <summary>The last entries, the oldest first.</summary>
    public IReadOnlyList<JournalEntry> History(int count) => journal.Tail(count);

    /// <summary>All entries, the oldest first.</summary>
    public IEnumerable<JournalEntry> Entries() => journal.Entries();

    /// <summary>Whether every line of the journal verifies.</summary>
    public bool Verifies() => journal.VerifiesWholly();

    private JournalTip Append(Func<JournalTip, JournalEntry?> make) => journal.Append(make, interruption);

    private ModeState Expire(DateTimeOffset? end)
    {
        try
        {
            // Another reader may have been first.
            var state = journal.AppendAtOnce(End).State;
            unrecorded = null;
            return state;
        }
        catch (UserErrorException error)
        {
            Missed(end, error);
            // Who may not write the record must not go on either; the next reader who may write it will.
            return ModeState.Initial with { SetBy = Actor.System, SetAt = clock.GetUtcNow(), Reason = PeriodIsOver };
        }
    }

    /// <returns>That the temporary period is over; null while none is.</returns>
    private JournalEntry? End(JournalTip end)
    {
        if (!end.State.HasExpired(clock.GetUtcNow())) return null;
        var decision = ModeTable.Decide(end.State, new ModeRequest(Actor.System, Mode.Off, PeriodIsOver), clock.GetUtcNow());
        return Entry(end, decision, Mode.Off, PeriodIsOver, Itself);
    }

    // Looked at ten times a second, counted once for each period.
    private void Missed(DateTimeOffset? end, UserErrorException error)
    {
        unrecorded = $"the end of the temporary period: {error.Message}";
        if (unrecordedEnd == end) return;
        unrecordedEnd = end;
        count?.Invoke("autopilot_failures_total", $"where=\"mode\",kind=\"{EndNotRecorded}\"");
    }

    private JournalEntry Entry(JournalTip end, ModeDecision decision, Mode to, string reason, Caller caller) =>
        Line(end, decision.State, caller, reason) with
        {
            Event = decision.IsAllowed ? JournalEvents.Transition : JournalEvents.Refusal,
            To = GovernanceNames.Of(to),
            Code = decision.Refusal,
        };

    private JournalEntry Line(JournalTip end, ModeState after, Caller caller, string reason) => new()
    {
        Seq = end.Seq + 1,
        Ts = clock.GetUtcNow(),
        Event = JournalEvents.Transition,
        From = GovernanceNames.Of(end.State.Mode),
        To = GovernanceNames.Of(after.Mode),
        Actor = GovernanceNames.Of(caller.Actor),
        Reason = reason,
        Pid = caller.Process.Pid,
        Parents = caller.Parents,
        Evidence = caller.Evidence,
        State = JournaledState.Of(after),
    };

    private static string Cut(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";
}
