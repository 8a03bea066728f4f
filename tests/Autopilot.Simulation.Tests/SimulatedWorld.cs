using System.Collections.Immutable;
using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Workflows.Missions;

namespace Autopilot.Simulation.Tests;

/// <summary>A repository, its agents and its verification, as far as a mission can tell, with faults drawn from a seed.</summary>
internal sealed class SimulatedWorld(Random random, Faults faults, SimulatedClock clock, SimulatedPerson person, int units) : IMissionEffects
{
    private readonly Dictionary<string, ImmutableList<string>> trees = new(StringComparer.Ordinal) { ["base"] = [] };
    private readonly Dictionary<string, bool> goodCommits = new(StringComparer.Ordinal);
    private readonly HashSet<string> badPairs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MissionFact> done = new(StringComparer.Ordinal);
    private bool baseIsRed = random.NextDouble() < faults.RedBase;
    private int commits;
    private int planned;
    private int mission = 1;

    /// <summary>The mission that works here, by its place in the chain.</summary>
    public int Mission
    {
        get => mission;
        set
        {
            if (mission != value) planned = 0;
            mission = value;
        }
    }

    /// <summary>Every commit that passed a verification, by exact name.</summary>
    public HashSet<string> Verified { get; } = new(StringComparer.Ordinal);

    /// <summary>What the green branch points at.</summary>
    public string Green { get; private set; } = "base";

    /// <summary>What the branch on the remote points at.</summary>
    public string Remote { get; private set; } = "base";

    /// <summary>How many effects of each kind are under way; for the check of limits.</summary>
    public int Working { get; private set; }

    /// <summary>The worker commits, by unit and attempt: none may ever disappear.</summary>
    public Dictionary<string, string> Branches { get; } = new(StringComparer.Ordinal);

    /// <summary>The changes that must not be on green unless a person agreed, with the question that asks.</summary>
    public Dictionary<string, string> Large { get; } = new(StringComparer.Ordinal);

    /// <summary>The changes that please the checks; the same holds of them.</summary>
    public Dictionary<string, string> Dishonest { get; } = new(StringComparer.Ordinal);

    public ImmutableList<string> Content(string commit) => trees[commit];

    /// <summary>The units whose work is in a tree, each as often as it is.</summary>
    public IEnumerable<string> UnitsIn(string commit) => trees[commit].Where(c => char.IsDigit(c[0])).Select(c => c[..c.IndexOf('/')]);

    /// <summary>What a unit of the mission is called here.</summary>
    public static string NameOf(int mission, string unit) => $"{mission}.{unit}";

    /// <summary>Whether a tree is truly good, flakes aside.</summary>
    public bool IsGood(string commit)
    {
        var content = trees[commit];
        if (baseIsRed && !content.Any(c => c.StartsWith("repair/", StringComparison.Ordinal))) return false;
        return content.All(c => goodCommits.GetValueOrDefault(c, true))
            && !content.Any(a => content.Any(b => badPairs.Contains($"{a}+{b}")));
    }

    public Task<MissionFact> Carry(MissionAction action, MissionState state, CancellationToken cancellation)
    {
        var promise = new TaskCompletionSource<MissionFact>();
        if (action is DoWork) Working++;
        var ended = false;
        void End(Action complete)
        {
            if (ended) return;
            ended = true;
            if (action is DoWork) Working--;
            complete();
        }

        clock.After(Duration(action), () => End(() => Complete(promise, action, state)));
        cancellation.Register(() => End(() => promise.TrySetCanceled(cancellation)));
        return promise.Task;
    }

    private void Complete(TaskCompletionSource<MissionFact> promise, MissionAction action, MissionState state)
    {
        if (random.NextDouble() < faults.ClockJump) clock.Jump(TimeSpan.FromSeconds(random.Next(-3600, 3600)));
        if (random.NextDouble() < faults.Infrastructure) promise.SetException(new IOException($"git failed in {action.Key}"));
        else if (random.NextDouble() < faults.Quota) promise.SetException(new FaultException("limit reached", clock.GetUtcNow() + TimeSpan.FromMinutes(5), counts: false));
        else promise.SetResult(Effect(action, state));
    }

    private TimeSpan Duration(MissionAction action) => action switch
    {
        DoWork => TimeSpan.FromSeconds(random.Next(1, random.NextDouble() < faults.AgentHang ? 3000 : 300)),
        VerifyBatch or VerifyBase => TimeSpan.FromSeconds(random.Next(1, 60)),
        _ => TimeSpan.FromSeconds(random.Next(0, 5)),
    };

    private MissionFact Effect(MissionAction action, MissionState state) => action switch
    {
        VerifyBase a => Verify(a.Commit) is var passed ? new BaseVerified(a.Commit, passed, "tests failed", []) : null!,
        RepairBase a => Repair(a),
        LandRepair a => LandOn(a),
        MakePlan a => Plan(a, state),
        DoWork a => Work(a),
        ReviewWork a => Review(a, state.Units[a.Unit]),
        BuildBatch a => Build(a, state),
        VerifyBatch a => new BatchVerified(a.Batch, a.Attempt, Verify(a.Commit), "tests failed", ["test_x"]),
        Land a => LandOn(a),
        AskApproval a => person.Ask(a),
        PushGreen a => Push(a),
        CheckObjective a => new ObjectiveChecked(a.Number, random.NextDouble() >= faults.Unmet, "something is missing"),
        _ => throw new NotSupportedException(action.ToString()),
    };

    private Verdict Verify(string commit)
    {
        if (!IsGood(commit) || random.NextDouble() < faults.Flake) return Verdict.Failed;
        Verified.Add(commit);
        return Verdict.Passed;
    }

    private MissionFact Repair(RepairBase action)
    {
        if (random.Next(2) == 0) return new Repaired(action.Number, null, "no candidate passed");
        var change = $"repair/{mission}.{action.Number}";
        var commit = NewCommit(trees[action.Commit].Add(change));
        Verified.Add(commit);
        // A rerun after a crash finds another repair, which may be of another size.
        if (random.NextDouble() < faults.Large) Large[change] = person.KeyOf(Gates.LargeMerge, $"repair/{action.Number}");
        else Large.Remove(change);
        return new RepairFound(action.Number, commit, Large.ContainsKey(change) ? 900 : random.Next(1, 50), 1);
    }

    private MissionFact LandOn(LandRepair action) =>
        MoveGreen(action.Commit, action.Expected, "repair/theirs") ? new Repaired(action.Number, action.Commit, "") : new LandingLost(0, Green);

    private MissionFact Plan(MakePlan action, MissionState state)
    {
        if (random.NextDouble() < faults.PlannerFails) return new PlanFailed(action.Epoch, "prose instead of JSON");
        var count = planned >= units ? 0 : random.Next(1, Math.Min(6, units - planned) + 1);
        var made = Enumerable.Range(0, count).Select(i => new PlannedUnit
        {
            Id = $"u{state.Order.Count + i + 1}",
            Title = "a unit",
            Priority = random.Next(1, 4),
            Files = [$"f{random.Next(8)}"],
            Uncertainty = random.Next(2),
        }).ToList();
        planned += count;
        return new PlanMade(action.Epoch, Dependencies.Complete(made), 5) { Additions = state.Added.Count };
    }

    private MissionFact Work(DoWork action)
    {
        // The branch has a name of its own: a rerun after a crash finds what the first execution left.
        if (done.TryGetValue($"{mission}.{action.Key}", out var before)) return before;
        var draw = random.NextDouble();
        if ((draw -= faults.NothingDone) < 0) return Ended(action, WorkFailure.NothingDone);
        if ((draw -= faults.AgentCrash) < 0) return Ended(action, WorkFailure.Crashed);
        if (draw - faults.AgentHang < 0) return Ended(action, random.Next(4) == 0 ? WorkFailure.Blocked : WorkFailure.Limit);
        var subject = $"{action.Unit}/{DoWork.Name(action.Attempt, action.Rival)}";
        var change = NameOf(mission, subject);
        goodCommits[change] = random.NextDouble() >= faults.BadCommit;
        foreach (var other in Branches.Keys.Where(_ => random.NextDouble() < faults.Interaction / 4))
            if (!other.StartsWith(NameOf(mission, action.Unit) + "/", StringComparison.Ordinal)) badPairs.Add($"{other}+{change}");
        Branches[change] = NewCommit(trees[action.Base].Add(change));
        if (random.NextDouble() < faults.Large) Large[change] = person.KeyOf(Gates.LargeMerge, subject);
        if (random.NextDouble() < faults.Dishonest) Dishonest[change] = person.KeyOf(Gates.DishonestWork, subject);
        return done[$"{mission}.{action.Key}"] = new WorkEnded(action.Unit, action.Attempt, Branches[change], WorkFailure.None, "", []) { Rival = action.Rival, Lines = Large.ContainsKey(change) ? 900 : random.Next(1, 50), CostUsd = 0.01m };
    }

    private static WorkEnded Ended(DoWork action, WorkFailure failure) => new(action.Unit, action.Attempt, null, failure, failure.ToString(), []) { Rival = action.Rival };

    private Reviewed Review(ReviewWork action, UnitState unit)
    {
        if (!unit.Vouched && Dishonest.ContainsKey(NameOf(mission, $"{action.Unit}/{DoWork.Name(action.Attempt, action.Rival)}")))
            return new Reviewed(action.Unit, action.Attempt, ReviewVerdict.Ask, "a test is gone") { Rival = action.Rival, Cause = Diagnosis.Dishonest };
        var draw = random.NextDouble();
        var verdict = draw < faults.ReviewReject ? ReviewVerdict.Rejected : draw < faults.ReviewReject + faults.ReviewRetry ? ReviewVerdict.Retry : ReviewVerdict.Accepted;
        return new Reviewed(action.Unit, action.Attempt, verdict, "remarks") { Rival = action.Rival, Score = random.Next(1, 11) };
    }

    private BatchBuilt Build(BuildBatch action, MissionState state)
    {
        var (content, included, conflicts) = (trees[action.Onto], new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var unit in action.Units)
        {
            if (random.NextDouble() < faults.Conflict) conflicts[unit] = "both changed f1";
            else
            {
                included.Add(unit);
                content = content.Add(NameOf(mission, $"{unit}/{DoWork.Name(state.Units[unit].Attempt, state.Units[unit].Winner)}"));
            }
        }

        return new BatchBuilt(action.Batch, action.Onto, included.Count == 0 ? null : NewCommit(content), included, conflicts);
    }

    private MissionFact Push(PushGreen action)
    {
        if (!Verified.Contains(action.Commit)) throw new InvalidOperationException($"{action.Commit} is pushed and was never verified");
        if (random.NextDouble() < faults.RemoteMoved)
        {
            var theirs = $"theirs{commits}";
            goodCommits[theirs] = random.NextDouble() >= faults.BadCommit;
            Remote = NewCommit(trees[Remote].Add(theirs));
        }

        var missing = trees[Remote].Except(trees[action.Commit]).ToList();
        if (missing.Count > 0) return new RemoteMoved(action.Number, action.Commit, Remote, random.NextDouble() < faults.Conflict ? null : NewCommit(trees[action.Commit].AddRange(missing)), "both changed f1");
        if (random.NextDouble() < faults.PushRefused) return new PushRefused(action.Commit, action.Number, "a rule of the remote");
        Remote = action.Commit;
        return new Pushed(action.Commit, action.Number);
    }

    private MissionFact LandOn(Land action) =>
        MoveGreen(action.Commit, action.Expected, "foreign") ? new Landed(action.Batch, action.Commit) : new LandingLost(action.Batch, Green);

    /// <summary>By compare-and-swap, unless somebody else comes first.</summary>
    private bool MoveGreen(string commit, string? expected, string others)
    {
        if (Green == commit) return true;
        if (random.NextDouble() < faults.GreenMoved)
        {
            Green = NewCommit(trees[Green].Add($"{others}{commits}"));
            Verified.Add(Green);
        }

        if (Green != expected) return false;
        Green = commit;
        return true;
    }

    private string NewCommit(ImmutableList<string> content)
    {
        var name = $"c{++commits}";
        trees[name] = content;
        return name;
    }
}
