using Autopilot.Core.Governance;
using Autopilot.Core.Missions.Speculating;

namespace Autopilot.Core.Missions.Reporting;

/// <summary>A fact in words.</summary>
/// <param name="Verb">A word or two.</param>
/// <param name="Text">One line.</param>
public sealed record Telling(Tone Tone, string Verb, string Text)
{
    /// <param name="after">The mission with the fact.</param>
    /// <returns>Null for a fact that is of no interest to people.</returns>
    public static Telling? Of(MissionState after, MissionFact fact) => fact switch
    {
        BaseVerified f => f.Verdict == Verdict.Passed ? new(Tone.Good, "base", $"{Short(f.Commit)} {First(f.Detail)}") : new(Tone.Bad, "red base", First(f.Detail)),
        RepairFound f => new(Tone.Plain, "repair", $"{Short(f.Commit)} passes verification: {Counted.Of(f.Lines, "line")} in {Counted.Of(f.Files, "file")}"),
        Repaired f => f.Commit is null ? new(Tone.Bad, "repair", f.Detail) : new(Tone.Good, "repaired", Short(f.Commit)),
        PlanMade f => new(Tone.Plain, "plan", f.Units.Count == 0 ? "nothing is left to do" : $"{Counted.Of(f.Units.Count, "unit")}: {string.Join(", ", f.Units.Select(u => $"{u.Id} {u.Title}"))}"),
        PlanFailed f => new(Tone.Bad, "plan", $"failed: {First(f.Detail)}"),
        WorkStarted f => new(Tone.Plain, "work", $"{f.Unit} attempt {f.Attempt}{(f.Rival > 0 ? $", {f.Rival} of {f.Rivals} at once ({Approach.NameOf(f.Rival)})" : "")}: {after.Units[f.Unit].Unit.Title}"),
        WorkEnded f => f.Failure == WorkFailure.None ? new(Tone.Plain, "worked", $"{f.Unit}{Of(f.Rival)}: {Counted.Of(f.Files.Count, "file")}") : new(Tone.Setback, "failed", $"{f.Unit}{Of(f.Rival)}: {First(f.Detail)}"),
        Reviewed { Verdict: ReviewVerdict.Accepted } f => new(Tone.Plain, "accepted", $"{f.Unit}{Of(f.Rival)} {First(f.Remarks)}{(f.Rival > 0 && after.Units[f.Unit].Winner is > 0 and var n ? $"; {Approach.NameOf(n)} goes on" : "")}"),
        Reviewed f => new(Tone.Setback, "sent back", $"{f.Unit}{Of(f.Rival)}: {f.Remarks}"),
        BatchBuilt f => f.Conflicts.Count == 0 ? null : new(Tone.Setback, "conflict", string.Join("; ", f.Conflicts.Select(c => $"{c.Key}: {First(c.Value)}"))),
        BatchVerified { Verdict: Verdict.Passed } f when after.Batches.Find(b => b.Number == f.Batch) is { Confirm: true } again =>
            new(Tone.Setback, "flaky", $"batch {f.Batch} passed on the same tree: {string.Join(", ", again.FailingTests.DefaultIfEmpty("a test"))}"),
        BatchVerified { Verdict: Verdict.Passed } f => new(Tone.Good, "verified", $"batch {f.Batch} {First(f.Detail)}"),
        BatchVerified f => new(Tone.Setback, "red", $"batch {f.Batch}: {First(f.Detail)}"),
        Landed f => new(Tone.Good, "landed", $"batch {f.Batch} at {Short(f.Commit)}"),
        LandingLost f => new(Tone.Setback, "moved", $"green was moved by somebody else to {Short(f.Green)}"),
        Pushed f => new(Tone.Good, "pushed", Short(f.Commit)),
        PushRefused f => new(Tone.Bad, "not pushed", First(f.Detail)),
        RemoteMoved f => new(Tone.Setback, "remote", f.Commit is null ? $"conflicts with {Short(f.Upstream)}, which is there: {First(f.Detail)}" : $"{Short(f.Upstream)} is there; it is verified with green"),
        ObjectiveChecked f => f.Met ? new(Tone.Good, "met", First(f.Because)) : new(Tone.Setback, "not met", First(f.Because)),
        ApprovalAsked f => new(Tone.Setback, "asks", $"{f.Text} See 'autopilot approvals list'."),
        ApprovalGiven f => f.Approved ? new(Tone.Good, "approved", $"{f.Key} by {f.By} {First(f.Reason)}") : new(Tone.Bad, "denied", $"{f.Key} by {f.By} {First(f.Reason)}"),
        LevelChanged f => new(f.Level == DegradationLevel.Full ? Tone.Good : Tone.Setback, "level", $"{Degradation.NameOf(f.Level)}: {First(f.Reason)}"),
        Suspended => new(Tone.Setback, "waits", after.Level == DegradationLevel.SafeStop ? "the governor lets nothing begin" : "only a person can say how it goes on"),
        ActionFaulted f => new(Tone.Setback, "fault", $"{f.Key}: {First(f.Detail)}{Next(after, f.Key)}"),
        ActionStopped f => new(Tone.Plain, "stopped", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{f.Key}{(f.CostUsd > 0 ? $"; it had cost ${f.CostUsd:0.00##}" : "")}{(f.Kept is { } kept ? $"; what was there is kept at {Short(kept)}" : "")}")),
        Noticed f => new(Tone.Setback, "notice", f.Text),
        Signalled f => new(Tone.Plain, "signal", $"{f.Kind} {f.Argument}"),
        StopDecided f => new(Tone.Bad, "stop", $"{f.Cause}: {f.Detail}"),
        _ => null,
    };

    private static string Of(int rival) => rival > 0 ? $" ({Approach.NameOf(rival)})" : "";

    /// <summary>What comes of a fault: nobody should have to guess whether it is still being tried.</summary>
    private static string Next(MissionState after, string key) => after.Faults.GetValueOrDefault(key) switch
    {
        null => "",
        { Count: var count } when count >= after.Settings.MaxFaults => $" That was fault {count} of {after.Settings.MaxFaults}.",
        { Count: 0, NotBefore: var at } => $" It is tried again at {at:HH:mm:ss}Z.",
        var fault => $" It is tried again at {fault.NotBefore:HH:mm:ss}Z (fault {fault.Count} of {after.Settings.MaxFaults}).",
    };

    private static string Short(string commit) => commit.Length <= 10 ? commit : commit[..10];

    private static string First(string text) => text.Split('\n', 2)[0];
}
