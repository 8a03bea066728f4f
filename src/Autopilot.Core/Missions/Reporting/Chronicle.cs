using System.Globalization;
using Autopilot.Core.Verification;

namespace Autopilot.Core.Missions.Reporting;

/// <summary>What the facts of a mission tell for its report, beyond the state that decides. Give it every fact in order.</summary>
public sealed class Chronicle
{
    private readonly List<TimelineEntry> timeline = [];
    private readonly List<Landing> landings = [];
    private readonly List<string> notices = [];
    private readonly SortedDictionary<string, decimal> costs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitTrace> units = new(StringComparer.Ordinal);
    private readonly Dictionary<int, BatchBuilt> batches = [];
    private readonly Dictionary<int, string> takenIn = [];
    private readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TestCounts> counts = new(StringComparer.Ordinal);
    private readonly List<TestAttempt> tests = [];
    private readonly Dictionary<string, WorkEnded> left = new(StringComparer.Ordinal);

    public IReadOnlyList<TimelineEntry> Timeline => timeline;

    /// <summary>The moves of green, the oldest first.</summary>
    public IReadOnlyList<Landing> Landings => landings;

    /// <summary>What a person should know besides, each once.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>In USD, by role: planner, architect, worker, reviewer, auditor.</summary>
    public IReadOnlyDictionary<string, decimal> Costs => costs;

    /// <summary>How many times an action could not be carried out, deliberate waits for a quota included.</summary>
    public int Faults { get; private set; }

    /// <summary>How many verifications were run.</summary>
    public int Verifications => tests.Count;

    /// <summary>The tests of the starting tree; null when its verification did not pass or its output was not understood.</summary>
    public TestCounts? TestsBefore { get; private set; }

    /// <summary>The tests of the tree that green points at; null when nothing landed or its output was not understood.</summary>
    public TestCounts? TestsAfter => landings is [.., var last] ? counts.GetValueOrDefault(last.Commit) : null;

    public UnitTrace Of(string unit) => units.GetValueOrDefault(unit) ?? new UnitTrace();

    /// <summary>The flaky tests with what each attempt showed, most failures first.</summary>
    public IReadOnlyList<Flake> Flakes()
    {
        var repeated = new FlakeLedger([.. tests.GroupBy(t => t.Tree, StringComparer.Ordinal).Where(g => g.Count() > 1).SelectMany(g => g)]);
        return [.. repeated.Flaky.Select(t => new Flake(t.Name, t.Failures, t.Passes, AttemptsOf(t.Name, repeated)))];
    }

    /// <param name="after">The mission with the fact.</param>
    public void Add(MissionState after, MissionFact fact)
    {
        if (Telling.Of(after, fact) is { } telling) timeline.Add(new TimelineEntry(fact.At, telling.Verb, telling.Text));
        if (fact.CostUsd > 0) Charge(fact);
        switch (fact)
        {
            case BaseVerified f: Tested(f.Commit, f.Verdict, f.FailingTests, f.Counts, isBase: true); break;
            case BatchBuilt f: batches[f.Batch] = f; break;
            case RemoteMoved { Commit: not null } f:
                batches[f.Batch] = new BatchBuilt(f.Batch, f.Onto, f.Commit, [], new Dictionary<string, string>());
                takenIn[f.Batch] = f.Upstream;
                break;
            case BatchVerified f when batches.TryGetValue(f.Batch, out var built): Tested(built.Commit!, f.Verdict, f.FailingTests, f.Counts, isBase: false); break;
            case RepairFound { Counts: { } found } f: counts[f.Commit] = found; break;
            case Repaired { Commit: { } commit } f:
                if (f.Counts is { } repaired) counts[commit] = repaired;
                landings.Add(new Landing(f.At, commit, []));
                break;
            case Landed f when batches.TryGetValue(f.Batch, out var built):
                var landed = built.Units.Where(u => after.Units[u].Status == UnitStatus.Landed).ToList();
                landings.Add(new Landing(f.At, f.Commit, landed, takenIn.GetValueOrDefault(f.Batch)));
                foreach (var unit in landed) units[unit] = Of(unit) with { Ended = f.At };
                break;
            case WorkStarted f: units[f.Unit] = Of(f.Unit) with { Began = Of(f.Unit).Began ?? f.At, AtWork = Of(f.Unit).AtWork.SetItem(f.Rival, f.At) }; break;
            case WorkEnded f: Worked(f, after.Units[f.Unit]); break;
            case Reviewed f: units[f.Unit] = Pointed(Of(f.Unit) with { Ended = f.At }, after.Units[f.Unit].Commit); break;
            case ActionStopped { Kept: { } kept } f when f.Key.Split('/') is ["work", var id, var attempt]: Kept(id, attempt.Split('.'), kept); break;
            case ActionFaulted: Faults++; break;
            case Noticed f when !notices.Contains(f.Text): notices.Add(f.Text); break;
        }
    }

    private void Kept(string unit, string[] attempt, string commit) => units[unit] = Of(unit) with
    {
        Commit = commit,
        IsPartial = true,
        CommitOf = int.Parse(attempt[0], CultureInfo.InvariantCulture),
        RivalOf = attempt.Length > 1 ? int.Parse(attempt[1], CultureInfo.InvariantCulture) : 0,
    };

    private void Worked(WorkEnded fact, UnitState after)
    {
        var trace = Of(fact.Unit);
        trace = trace with { Ended = fact.At, Worked = trace.Worked + (fact.At - trace.AtWork.GetValueOrDefault(fact.Rival, fact.At)), AtWork = trace.AtWork.Remove(fact.Rival), Learned = fact.Learned.Length > 0 ? fact.Learned : trace.Learned };
        if (fact.Commit is { } commit) left[commit] = fact;
        units[fact.Unit] = Pointed(trace, after.Commit ?? fact.Commit);
    }

    private UnitTrace Pointed(UnitTrace trace, string? commit)
    {
        if (commit is null || !left.TryGetValue(commit, out var work)) return trace;
        return trace with { Commit = commit, CommitOf = work.Attempt, RivalOf = work.Rival, Files = work.Files };
    }

    private void Tested(string tree, Verdict verdict, IReadOnlyList<string> failing, TestCounts? seen, bool isBase)
    {
        var number = attempts[tree] = attempts.GetValueOrDefault(tree) + 1;
        var passed = verdict == Verdict.Passed;
        tests.Add(new TestAttempt(tree, number, passed, seen ?? (failing.Count > 0 ? new TestCounts(0, failing.Count, 0, failing) : null)));
        if (seen is null || !passed) return;
        counts[tree] = seen;
        if (isBase) TestsBefore ??= seen;
    }

    /// <summary>The attempts that reached a test, on the trees on which it failed and passed.</summary>
    private static IReadOnlyList<FlakeAttempt> AttemptsOf(string test, FlakeLedger ledger) =>
    [
        .. ledger.Attempts.GroupBy(a => a.Tree, StringComparer.Ordinal).SelectMany(tree =>
        {
            var most = tree.Max(a => a.Counts?.Total ?? 0);
            var reached = tree.Where(a => Failed(a, test) || a.IsWhole(most)).ToList();
            return reached.Select(a => Failed(a, test)).Distinct().Count() == 2 ? reached.Select(a => new FlakeAttempt(a.Tree, a.Attempt, !Failed(a, test))) : [];
        }),
    ];

    private static bool Failed(TestAttempt attempt, string test) => attempt.Failing.Contains(test, StringComparer.Ordinal);

    private void Charge(MissionFact fact)
    {
        var architect = fact is WorkEnded work ? work.ArchitectUsd : 0;
        if (architect > 0) Charge("architect", architect);
        Charge(RoleOf(fact), fact.CostUsd - architect);
    }

    private void Charge(string role, decimal usd)
    {
        if (usd > 0) costs[role] = costs.GetValueOrDefault(role) + usd;
    }

    private static string RoleOf(string key) => key.Split('/')[0] switch { "plan" => "planner", "review" => "reviewer", "objective" => "auditor", _ => "worker" };

    private static string RoleOf(MissionFact fact) => fact switch
    {
        PlanMade or PlanFailed => "planner",
        Reviewed => "reviewer",
        ObjectiveChecked => "auditor",
        ActionFaulted f => RoleOf(f.Key),
        ActionStopped f => RoleOf(f.Key),
        _ => "worker",
    };
}
