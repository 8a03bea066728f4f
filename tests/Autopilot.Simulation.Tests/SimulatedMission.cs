using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Missions.Pushing;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Core.Runs;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Chaining;

namespace Autopilot.Simulation.Tests;

/// <summary>One mission in one world, or a chain of them, from one seed: the same seed gives the same missions, event for event.</summary>
internal sealed class SimulatedMission : IChainedMissions
{
    private const decimal StrategistUsd = 0.01m;
    private const int MostSteps = 20_000;
    private const int MostCrashes = 40;

    private readonly Random random;
    private readonly Faults faults;
    private readonly SimulatedClock clock = new();
    private readonly OneThread context = new();
    private readonly SimulatedPerson person;
    private readonly SimulatedMachine machine;
    private readonly SimulatedWorld world;
    private readonly SimulatedPower power;
    private readonly List<PlayedMission> missions = [];
    private MissionDriver? driver;
    private HashSet<string> branchesSeen = new(StringComparer.Ordinal);

    public SimulatedMission(int seed)
    {
        random = new Random(seed);
        faults = Faults.Draw(random);
        person = new SimulatedPerson(random, faults, clock);
        machine = new SimulatedMachine(random, faults, clock);
        world = new SimulatedWorld(random, faults, clock, person, units: random.Next(1, 14));
        power = new SimulatedPower(random, faults.Crash);
        Record(new MissionRequest
        {
            Objective = "simulated",
            Base = "base",
            Green = "green",
            GreenBefore = "base",
            Verification = VerificationPlan.Of("./check"),
            Chain = random.Next(6) == 0 ? new ChainLink(null, 1, random.Next(2, 4)) : null,
            Settings = new MissionSettings
            {
                Workers = random.Next(1, 6),
                Review = random.Next(3) > 0,
                CheckObjective = random.Next(4) > 0,
                Speculation = random.Next(2) == 0 ? null : new Speculation(random.Next(2, 6), random.Next(2), (Measure)random.Next(3)),
                MaxBudgetUsd = random.Next(3) == 0 ? 0.3m : null,
                SpeculativeBatch = random.Next(2) == 0,
                MaxTime = TimeSpan.FromHours(random.Next(1, 20)),
                Push = random.Next(2) == 0,
                AskBeforePush = random.Next(3) == 0,
                MaxAttempts = random.Next(1, 4),
                BatchLimit = random.Next(1, 10),
                Repairs = random.Next(0, 3),
            },
        });
    }

    /// <summary>How many missions the chain has.</summary>
    public int Links => missions.Count;

    public int Crashes { get; private set; }

    /// <summary>1 when something was pushed.</summary>
    public int Pushes { get; private set; }

    public int Suspensions { get; private set; }

    public int Facts { get; private set; }

    /// <summary>How many dishonest changes are on green because a person let them pass.</summary>
    public int Vouched { get; private set; }

    /// <summary>1 when a large repair of the red base is on green by a person's word.</summary>
    public int Mended { get; private set; }

    /// <summary>How many units landed by the best of several attempts.</summary>
    public int Contests { get; private set; }

    /// <summary>Runs it to its end through all crashes, checking the invariants at each fact.</summary>
    public MissionState Play()
    {
        SynchronizationContext.SetSynchronizationContext(context);
        while (true)
        {
            var process = Process();
            for (var steps = 0; ; steps++)
            {
                context.RunAll();
                if (process.IsCompleted) break;
                Require(steps < MostSteps, "the mission never ends");
                if (random.NextDouble() < faults.Signal) driver?.Post(Signal());
                Require(clock.Step(), "the mission waits for something that never comes");
            }

            if (process.IsCompletedSuccessfully) return Ended();
            var end = process.Exception!.InnerException!;
            if (end is CrashException) Crashes++;
            else if (end is RunSuspendedException) Suspensions++;
            else throw end;
            power.IsSafe = Crashes >= MostCrashes;
            if (end is RunSuspendedException) Require(world.Working == 0, "a mission with workers at work ended its process");
            EndEffects();
            if (end is RunSuspendedException) PassTheTime();
        }
    }

    Task<Proposal?> IChainedMissions.ProposalOf(string id) => Task.FromResult(Of(id).Outlook?.Proposal);

    Task<string?> IChainedMissions.SuccessorOf(string id) => Task.FromResult(missions.Find(m => m.Request.Chain?.Parent == id)?.Id);

    Task<bool> IChainedMissions.Agrees(string id, Proposal proposal) => Task.FromResult(random.Next(4) > 0);

    Task<string> IChainedMissions.Begin(string id, Proposal proposal, CancellationToken cancellation)
    {
        var before = Of(id);
        var next = before.Request.After(id, proposal, before.End!.SpentUsd + StrategistUsd, before.Took);
        Require(next is not null, "a next mission was proposed although nothing is left of the chain's budget or time");
        power.MayFail();
        var mission = Record(next! with { Base = world.Green, GreenBefore = world.Green });
        power.MayFail();
        return Task.FromResult(mission.Id);
    }

    public async Task Execute(string id, CancellationToken cancellation)
    {
        var mission = Of(id);
        if (mission.IsOver) return;
        world.Mission = person.Mission = mission.Number;
        var run = mission.Run;
        driver = new MissionDriver(world, clock);
        var state = await MissionLoop.Run(run, new Observed(driver, person, machine, (after, fact) => Check(mission, after, fact)), mission.Start);
        mission.Took = await run.Now("ended") - mission.Start.StartedAt - state.SuspendedFor;
        var outlook = mission.Request.Chain?.GoesOn(state, state.SpentUsd, mission.Took) == true ? await run.Step("outlook", null, _ => Task.FromResult(LookAhead().Within(state.Settings, state.SpentUsd, mission.Took))) : null;
        (mission.End, mission.Outlook) = (state, outlook);
        EndEffects();
    }

    /// <summary>What going on with the newest mission does: it, and what comes after it.</summary>
    private async Task Process()
    {
        var newest = missions[^1].Id;
        await Execute(newest, CancellationToken.None);
        await new MissionChain(this).Follow(newest, approved: false, CancellationToken.None);
    }

    /// <summary>The effects of a process die with it; what they did to the world before stays.</summary>
    private void EndEffects()
    {
        _ = driver?.DisposeAsync().AsTask();
        driver = null;
        context.RunAll();
        (person.Answered, machine.Changed) = (null, null);
    }

    private Outlook LookAhead() =>
        random.Next(5) == 0 ? new Outlook(null, "nothing is worth it") : new Outlook(new Proposal("more", "there is time", 5), "") { CostUsd = StrategistUsd };

    private PlayedMission Record(MissionRequest request)
    {
        var (number, now) = (missions.Count + 1, clock.GetUtcNow());
        missions.Add(new PlayedMission(number, request, request.Start(now), new SimulatedRun($"run-{number}", power, clock)));
        return missions[^1];
    }

    private PlayedMission Of(string id) => missions.Single(m => m.Id == id);

    /// <summary>No process: somebody resumes the mission after some time, whether anything has changed or not.</summary>
    private void PassTheTime()
    {
        Require(Suspensions < MostSteps, "the mission waits for an answer that never comes");
        while (random.Next(3) > 0 && clock.Step()) { }
    }

    private Signalled Signal()
    {
        var kind = random.Next(12) switch { 0 => "stop", < 3 => "retry", < 4 => "add", < 6 => "pause", _ => "resume" };
        return new Signalled(kind, kind == "retry" ? $"u{random.Next(1, 10)}" : "more", "user") { At = clock.GetUtcNow() };
    }

    private void Check(PlayedMission mission, MissionState state, MissionFact fact)
    {
        var rules = mission.Request.Settings;
        Facts++;
        if (world.Green != "base") Require(world.Verified.Contains(world.Green), $"green points at {world.Green}, which was never verified");
        if (world.Green != "base") Require(world.IsGood(world.Green), $"green points at {world.Green}, which is bad");
        var units = world.UnitsIn(world.Green).ToList();
        Require(units.Distinct(StringComparer.Ordinal).Count() == units.Count, $"a unit was merged twice: {string.Join(' ', units)}");
        var unapproved = world.Content(world.Green).Where(c => world.Large.TryGetValue(c, out var question) && !person.Approved(question));
        Require(!unapproved.Any(), "a large change is on green that nobody approved");
        var dishonest = world.Content(world.Green).Where(c => rules.Review && world.Dishonest.ContainsKey(c)).ToList();
        Require(dishonest.TrueForAll(c => person.Approved(world.Dishonest[c])), "a dishonest change is on green that nobody approved");
        Vouched = dishonest.Count;
        Mended = world.Content(world.Green).Any(c => c.StartsWith("repair/", StringComparison.Ordinal) && world.Large.ContainsKey(c)) ? 1 : 0;
        Require(world.Working <= rules.Workers, $"{world.Working} workers at once");
        Require(state.Batches.TrueForAll(b => b.Units.Count <= rules.BatchLimit), "a batch is larger than allowed");
        Require(branchesSeen.IsSubsetOf(world.Branches.Keys), "a worker's commit was lost");
        branchesSeen = [.. world.Branches.Keys];
        if (fact is WorkStarted)
        {
            Require(state.Level < DegradationLevel.ReadOnly, $"work began at {state.Level}");
            Require(state.Units.Values.Sum(u => u.AtWork) <= state.Rules.Workers, $"too many workers at {state.Level}");
        }

        foreach (var unit in state.Units.Values) Consistent(state, unit);
    }

    private void Consistent(MissionState state, UnitState unit)
    {
        var inQueue = state.Queue.Waiting.Contains(unit.Id) || state.Queue.Suspects.Contains(unit.Id);
        Require(inQueue == (unit.Status == UnitStatus.Queued), $"{unit.Id} is {unit.Status}, and {(inQueue ? "" : "not ")}in the queue");
        Require(unit.Rivals.IsEmpty || unit.Winner == 0 || unit.Commit is null || unit.Rivals[unit.Winner - 1].Commit == unit.Commit, $"{unit.Id} goes on with another commit than its winner's");
        Require(unit.Charged <= state.Settings.MaxAttempts, $"{unit.Id} had {unit.Charged} attempts");
        Require(unit.Status is not (UnitStatus.Abandoned or UnitStatus.Blocked) || unit.Reason.Length > 0, $"{unit.Id} ended without a reason");
    }

    private MissionState Ended()
    {
        foreach (var mission in missions) Ended(mission, mission.End!);
        Chained();
        return missions[^1].End!;
    }

    private void Ended(PlayedMission mission, MissionState state)
    {
        var landed = state.Units.Values.Where(u => u.Status == UnitStatus.Landed).Select(u => SimulatedWorld.NameOf(mission.Number, u.Id)).ToList();
        var onGreen = world.UnitsIn(world.Green).ToHashSet(StringComparer.Ordinal);
        Require(landed.TrueForAll(onGreen.Contains), $"reported as landed: {string.Join(' ', landed)}; on green: {string.Join(' ', onGreen)}");
        Contests += state.Units.Values.Count(u => u is { Status: UnitStatus.Landed, Winner: > 0 });
        if (state.StopCause is null) Require(state.AllSettled, "the mission ended by itself with units unsettled");
        if (state.Settings.Push) Pushing(mission, state);
        if (MissionResults.Of(state) == MissionResult.Met) Require(state.Green is not null && world.IsGood(state.Green), "met on a tree that is not green");
    }

    /// <summary>Budget, time and depth hold for all missions together, each begins where the one before has left green, and none goes on after a failure.</summary>
    private void Chained()
    {
        var first = missions[0].Request;
        if (first.Chain is null) Require(missions.Count == 1, "a mission that is in no chain was followed by another");
        if (first.Chain is null || missions.Count == 1) return;
        Require(missions.Count <= first.Chain.MaxDepth, $"{missions.Count} missions in a chain of {first.Chain.MaxDepth}");
        var spent = missions.Sum(m => m.End!.SpentUsd + (m.Outlook?.CostUsd ?? 0));
        // What is under way when the budget is used up is still paid for.
        if (first.Settings.MaxBudgetUsd is { } budget) Require(spent <= budget + (0.01m * first.Settings.Workers) + StrategistUsd, $"{spent} of {budget} USD were spent");
        foreach (var (before, next) in missions.Zip(missions.Skip(1)))
        {
            Require(next.Request.Chain == new ChainLink(before.Id, before.Number + 1, first.Chain.MaxDepth), $"{next.Id} is not in its place");
            Require(before.End is { StopCause: null } end && !end.Landings.IsEmpty, $"{next.Id} follows a mission that failed");
            Require(next.Request.Settings.MaxTime <= before.Request.Settings.MaxTime - before.Took, $"{next.Id} has more time than is left");
            Require(before.End!.Landings.TrueForAll(l => world.Content(l).All(world.Content(next.Request.Base).Contains)), $"{next.Id} does not begin at green");
        }
    }

    /// <summary>What is told of the remote is so, and nothing is left unpushed without a reason.</summary>
    private void Pushing(PlayedMission mission, MissionState state)
    {
        var why = PushDecision.Reason(state);
        Require(state.StopCause is not null || why != "the mission ended before", "the mission ended by itself and pushed nothing");
        if (why is null && !state.Landings.IsEmpty) Require(world.Content(state.Green!).All(world.Content(world.Remote).Contains), $"told to be pushed, but the remote has {world.Remote}");
        if (state.Settings.AskBeforePush && state.Push.Commit is { } pushed) Require(person.Approved(SimulatedPerson.KeyOf(mission.Number, Gates.Push, PushGreen.Short(pushed))), $"{pushed} was pushed without an approval");
        if (state.Push.Commit is not null) Pushes = 1;
    }

    private sealed class Observed(MissionDriver driver, SimulatedPerson person, SimulatedMachine machine, Action<MissionState, MissionFact> check) : IMissionWorld
    {
        private readonly HashSet<string> brought = new(StringComparer.Ordinal);
        private DegradationLevel? level;

        public Task<IReadOnlyList<MissionFact>> NextFacts(MissionState state, CancellationToken cancellation)
        {
            person.Answered = machine.Changed = () => Look(state);
            Look(state);
            return driver.NextFacts(state, cancellation);
        }

        public void Observe(MissionState state, MissionFact fact) => check(state, fact);

        private void Look(MissionState state)
        {
            foreach (var answer in person.AnswersTo(state))
                if (brought.Add(answer.Key)) driver.Post(answer);
            if (machine.Level == (level ?? state.Level)) return;
            level = machine.Level;
            driver.Post(new LevelChanged(machine.Level, "short of something"));
        }
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException($"{otherwise} (after {Facts} facts and {Crashes} crashes)");
    }
}
