using System.Globalization;
using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Commands.Governor.Audit;

/// <summary>The invariants of the mode and its journal.</summary>
internal sealed class ModeInvariants(AuditPlace place, TimeProvider clock)
{
    public async Task<string> UserOnlyDeactivate(CancellationToken cancellation)
    {
        await place.Expect(ExitCodes.Done, cancellation, "on");
        foreach (var attempt in new string[][] { ["off"], ["temp", "x", "--for", "1h"], ["kill"], ["unkill"] })
            await place.ExpectOfAgent(ExitCodes.Refused, cancellation, attempt);
        place.ExpectMode(Mode.OnPermanent, clock);
        await place.Expect(ExitCodes.Done, cancellation, "off");
        await place.Expect(ExitCodes.Done, cancellation, "temp", "x", "--for", "1h");
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "off");
        place.ExpectMode(Mode.OnTemporary, clock);
        return "an agent could neither leave on_permanent or the user's period nor touch the kill switch; the user could";
    }

    public async Task<string> NoAgentPromotion(CancellationToken cancellation)
    {
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "on");
        await place.ExpectOfAgent(ExitCodes.Done, cancellation, "temp", "x", "--for", "1h");
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "on");
        var refused = place.Machine(clock).Entries().Count(e => e is { Event: JournalEvents.Refusal, Actor: "agent", Code: RefusalCodes.AgentCannotSetPermanent, Parents.Count: > 0 });
        if (refused != 2) throw new AuditFailure($"{refused} of 2 refusals are on record");
        return "refused from off and from on_temporary, both on record with the parents";
    }

    public async Task<string> TemporaryBounded(CancellationToken cancellation)
    {
        foreach (var attempt in new string[][] { ["temp", "x"], ["temp", "x", "--until", "2001-01-01T00:00:00Z"], ["temp", "x", "--until", "garbage"] })
            await place.Expect(ExitCodes.Refused, cancellation, attempt);
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "temp", "x", "--for", "25h");
        await place.Expect(ExitCodes.Done, cancellation, "temp", "x", "--for", "1s");
        await Task.Delay(TimeSpan.FromSeconds(1.1), clock, cancellation);
        if (!(await place.Expect(ExitCodes.Done, cancellation, "status", "--json")).Contains("\"mode\":\"off\",\"set_by\":\"system\"", StringComparison.Ordinal))
            throw new AuditFailure("a period that is over was not ended by the next read");
        return "no end, past, garbage and 25 h for an agent refused; a period of 1 s ended with the next read, on record";
    }

    public async Task<string> ConcurrentSafe(CancellationToken cancellation)
    {
        const int processes = 16, each = 10;
        var ended = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => place.Run(cancellation, AuditWriter.Word, each.ToString(CultureInfo.InvariantCulture))));
        if (ended.Any(e => e.Code != ExitCodes.Done)) throw new AuditFailure("a writer failed");
        var entries = place.Machine(clock).Entries().ToList();
        if (entries.Count != processes * each || entries.Select(e => e.Reason).Distinct(StringComparer.Ordinal).Count() != processes * each)
            throw new AuditFailure($"{entries.Count} of {processes * each} transitions are on record");
        if (!entries.Select(e => e.Seq).SequenceEqual(Enumerable.Range(1, entries.Count).Select(i => (long)i))) throw new AuditFailure("the numbers have gaps");
        return $"{processes} processes, {entries.Count} transitions, none lost";
    }

    public async Task<string> Observability(CancellationToken cancellation)
    {
        await place.Expect(ExitCodes.Done, cancellation, "on");
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "off");
        await place.ExpectOfAgent(ExitCodes.Refused, cancellation, "on");
        await place.Expect(ExitCodes.Refused, cancellation, "temp", "x");
        await place.Expect(ExitCodes.Done, cancellation, "kill");
        var journal = File.ReadAllBytes(place.Home.Journal);
        journal[^9] ^= 1;
        File.WriteAllBytes(place.Home.Journal, journal);
        var text = await place.Expect(ExitCodes.Done, cancellation, "counters");
        var counted = text.Split('\n').Where(l => l.StartsWith("autopilot_", StringComparison.Ordinal)).Sum(l => long.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        var known = place.Machine(clock).Entries().Count();
        if (counted != known || !text.Contains("event=\"quarantine\"", StringComparison.Ordinal)) throw new AuditFailure($"{counted} of {known} events are counted");
        return $"every one of {known} transitions, refusals and errors has a counter in a new process";
    }

    public async Task<string> LiveData(CancellationToken cancellation)
    {
        foreach (var (command, mode) in new[] { ("on", "on_permanent"), ("off", "off"), ("on", "on_permanent") })
        {
            await place.Expect(ExitCodes.Done, cancellation, command);
            if (!(await place.Expect(ExitCodes.Done, cancellation, "status", "--json")).Contains($"\"mode\":\"{mode}\"", StringComparison.Ordinal))
                throw new AuditFailure($"a reader did not see '{command}' of another process");
        }

        return "a process that reads sees each change of another process at once";
    }
}
