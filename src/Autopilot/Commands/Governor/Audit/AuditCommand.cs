using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Rendering;

namespace Autopilot.Commands.Governor.Audit;

/// <summary><c>audit</c>: the invariants, proved against this very program from outside, on a state of its own.</summary>
internal static class AuditCommand
{
    private const int FullKills = 200;

    public static Command Build(Application application)
    {
        var json = CommonOptions.Json();
        var names = new Argument<string[]>("invariant") { Description = "Only these; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. Invariants(application.Clock, FullKills).Select(i => i.Name)]);
        var kills = new Option<int>("--kills") { Description = "How many writers CRASH_RECOVERY kills.", DefaultValueFactory = _ => FullKills };
        var command = new Command("audit", "Prove the invariants against this very program, apart from the live state.") { names, json, kills };
        command.SetAction((parsed, cancellation) => Run(application, Chosen(application, parsed.GetValue(names)!, parsed.GetValue(kills)), parsed.GetValue(json), cancellation));
        return command.WithExamples("autopilot audit", "autopilot audit --json", "autopilot audit CRASH_RECOVERY --kills 1000");
    }

    private static List<Invariant> Chosen(Application application, string[] names, int kills) =>
        kills < 1 ? throw new UserErrorException("--kills must be at least 1.", ExitCodes.Usage)
        : Invariants(application.Clock, kills).Where(i => names.Length == 0 || names.Contains(i.Name, StringComparer.Ordinal)).ToList();

    private static async Task<int> Run(Application application, List<Invariant> invariants, bool json, CancellationToken cancellation)
    {
        if (new GovernorDesk(application).Caller.Actor == Actor.Agent)
            throw new UserErrorException("An audit acts as the user, so it cannot run inside an agent session. Run it at a terminal.", ExitCodes.Refused);
        var start = application.Clock.GetTimestamp();
        var findings = await ExamineAll(invariants, application, json, cancellation);
        if (json) application.Terminal.Json(findings, GovernorCommandJson.Default.ListAuditFinding);
        else application.Terminal.Result($"{findings.Count(f => f.Holds)} of {findings.Count} invariants hold ({application.Clock.GetElapsedTime(start).TotalSeconds:0.0} s)");
        return findings.All(f => f.Holds) ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>The long one goes on beside the others, each on a state of its own; what is timed has the machine to itself.</summary>
    private static async Task<List<AuditFinding>> ExamineAll(List<Invariant> invariants, Application application, bool json, CancellationToken cancellation)
    {
        var examined = invariants.Where(i => i.Pace == Pace.Long).ToDictionary(i => i.Name, Examined, StringComparer.Ordinal);
        foreach (var invariant in invariants.Where(i => i.Pace == Pace.Short)) await (examined[invariant.Name] = Examined(invariant));
        await Task.WhenAll(examined.Values);
        foreach (var invariant in invariants.Where(i => i.Pace == Pace.Timed)) await (examined[invariant.Name] = Examined(invariant));
        var findings = new List<AuditFinding>();
        foreach (var invariant in invariants) findings.Add(await examined[invariant.Name]);
        return findings;

        async Task<AuditFinding> Examined(Invariant invariant)
        {
            var finding = await Examine(invariant, application, cancellation);
            if (!json) Show(finding, application.Terminal);
            return finding;
        }
    }

    private static IEnumerable<Invariant> Invariants(TimeProvider clock, int kills) =>
    [
        new("USER_ONLY_DEACTIVATE", (place, c) => new ModeInvariants(place, clock).UserOnlyDeactivate(c)),
        new("NO_AGENT_PROMOTION", (place, c) => new ModeInvariants(place, clock).NoAgentPromotion(c)),
        new("TEMPORARY_BOUNDED", (place, c) => new ModeInvariants(place, clock).TemporaryBounded(c)),
        new("CRASH_RECOVERY", (place, c) => new CrashInvariant(place, kills).Prove(c), Pace.Long),
        new("CONCURRENT_SAFE", (place, c) => new ModeInvariants(place, clock).ConcurrentSafe(c)),
        new("OBSERVABILITY", (place, c) => new ModeInvariants(place, clock).Observability(c)),
        new("LIVE_DATA", (place, c) => new ModeInvariants(place, clock).LiveData(c)),
        new("RESOURCE_CAPS", (place, c) => new WorkInvariants(place, clock).ResourceCaps(c)),
        new("NO_ORPHANS", (place, c) => new WorkInvariants(place, clock).NoOrphans(c)),
        new("NO_SECRET_ON_DISK", (place, c) => new WorkInvariants(place, clock).NoSecretOnDisk(c)),
        new("KILL_WITHIN_250MS", (place, c) => new WorkInvariants(place, clock).KillWithin(c), Pace.Timed),
        new("BUDGET_NEVER_EXCEEDED", (place, c) => new WorkInvariants(place, clock).BudgetNeverExceeded(c)),
    ];

    private static async Task<AuditFinding> Examine(Invariant invariant, Application application, CancellationToken cancellation)
    {
        var (name, prove) = (invariant.Name, invariant.Prove);
        using var place = new AuditPlace(application.Environment);
        var start = application.Clock.GetTimestamp();
        double Seconds() => Math.Round(application.Clock.GetElapsedTime(start).TotalSeconds, 2);
        try
        {
            return new AuditFinding(name, true, await prove(place, cancellation), Seconds());
        }
        catch (AuditFailure failure)
        {
            return new AuditFinding(name, false, failure.Message, Seconds());
        }
    }

    // At once, also into a pipe: whoever waits sees what is known.
    private static void Show(AuditFinding finding, Terminal terminal)
    {
        terminal.Result($"{(finding.Holds ? terminal.Paint(Colour.Green, "holds ") : terminal.Paint(Colour.Red, "BROKEN"))}  {finding.Invariant,-22} {finding.Seconds,6:0.00} s  {finding.Detail}");
        terminal.Output.Flush();
    }

    private sealed record Invariant(string Name, Func<AuditPlace, CancellationToken, Task<string>> Prove, Pace Pace = Pace.Short);

    private enum Pace
    {
        Short,
        Long,
        Timed,
    }
}
