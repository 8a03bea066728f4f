using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Pushing;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Core.Runs;
using Autopilot.Workflows.Missions;

namespace Autopilot.Simulation.Tests;

/// <summary>One mission in one world, from one seed: the same seed gives the same mission, event for event.</summary>
internal sealed class SimulatedMission
{
    private const int MostSteps = 20_000;
    private const int MostCrashes = 40;

    private readonly Random random;
    private readonly Faults faults;
    private readonly SimulatedClock clock = new();
    private readonly OneThread context = new();
    private readonly SimulatedPerson person;
    private readonly SimulatedMachine machine;
    private readonly SimulatedWorld world;
    private readonly SimulatedRun run;
    private readonly MissionState start;
    private HashSet<string> branchesSeen = new(StringComparer.Ordinal);

    public SimulatedMission(int seed)
    {
        random = new Random(seed);
        faults = Faults.Draw(random);
        person = new SimulatedPerson(random, faults, clock);
        machine = new SimulatedMachine(random, faults, clock);
        world = new SimulatedWorld(random, faults, clock, person, units: random.Next(1, 14));
        run = new SimulatedRun(random, faults.Crash);
        start = new MissionState
        {
            Objective = "simulated",
            StartedAt = clock.GetUtcNow(),
            Base = "base",
            Published = "base",
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
        };
    }

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
            var driver = new MissionDriver(world, clock);
            var mission = MissionLoop.Run(run, new Observed(driver, person, machine, Check), start);
            for (var steps = 0; ; steps++)
            {
                context.RunAll();
                if (mission.IsCompleted) break;
                Require(steps < MostSteps, "the mission never ends");
                if (random.NextDouble() < faults.Signal) driver.Post(Signal());
                Require(clock.Step(), "the mission waits for something that never comes");
            }

            if (mission.IsCompletedSuccessfully) return Ended(Completed(mission));
            var end = mission.Exception!.InnerException!;
            if (end is CrashException) Crashes++;
            else if (end is RunSuspendedException) Suspensions++;
            else throw end;
            run.Calm = Crashes >= MostCrashes;
            if (end is RunSuspendedException) Require(world.Working == 0, "a mission with workers at work ended its process");
            // The dead process's effects die with it; what they did to the world before stays.
            _ = driver.DisposeAsync().AsTask();
            context.RunAll();
            (person.Answered, machine.Changed) = (null, null);
            if (end is RunSuspendedException) PassTheTime();
        }
    }

    /// <summary>No process: somebody resumes the mission after some time, whether anything has changed or not.</summary>
    private void PassTheTime()
    {
        Require(Suspensions < MostSteps, "the mission waits for an answer that never comes");
        while (random.Next(3) > 0 && clock.Step()) { }
    }

#pragma warning disable RS0030 // The task is complete: the simulation is single-threaded.
    private static MissionState Completed(Task<MissionState> mission) => mission.GetAwaiter().GetResult();
#pragma warning restore RS0030

    private Signalled Signal()
    {
        var kind = random.Next(12) switch { 0 => "stop", < 3 => "retry", < 4 => "add", < 6 => "pause", _ => "resume" };
        return new Signalled(kind, kind == "retry" ? $"u{random.Next(1, 10)}" : "more", "user") { At = clock.GetUtcNow() };
    }

    private void Check(MissionState state, MissionFact fact)
    {
        Facts++;
        if (world.Green != "base") Require(world.Verified.Contains(world.Green), $"green points at {world.Green}, which was never verified");
        if (world.Green != "base") Require(world.IsGood(world.Green), $"green points at {world.Green}, which is bad");
        var units = world.Content(world.Green).Where(c => c.StartsWith('u')).Select(c => c.Split('/')[0]).ToList();
        Require(units.Distinct(StringComparer.Ordinal).Count() == units.Count, $"a unit was merged twice: {string.Join(' ', units)}");
        var unapproved = world.Content(world.Green).Where(c => world.Large.Contains(c) && !person.Approved($"{Gates.LargeMerge}/{c}"));
        Require(!unapproved.Any(), "a large change is on green that nobody approved");
        var dishonest = world.Content(world.Green).Where(c => start.Settings.Review && world.Dishonest.Contains(c)).ToList();
        Require(dishonest.TrueForAll(c => person.Approved($"{Gates.DishonestWork}/{c}")), "a dishonest change is on green that nobody approved");
        Vouched = dishonest.Count;
        Mended = world.Content(world.Green).Any(c => c.StartsWith("repair/", StringComparison.Ordinal) && world.Large.Contains(c)) ? 1 : 0;
        Require(world.Working <= start.Settings.Workers, $"{world.Working} workers at once");
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

    private MissionState Ended(MissionState state)
    {
        var landed = state.Units.Values.Where(u => u.Status == UnitStatus.Landed).Select(u => u.Id).Order(StringComparer.Ordinal);
        var onGreen = world.Content(world.Green).Where(c => c.StartsWith('u')).Select(c => c.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        Require(state.Units.Values.Where(u => u.Status == UnitStatus.Landed).All(u => onGreen.Contains(u.Id)), $"reported as landed: {string.Join(' ', landed)}; on green: {string.Join(' ', onGreen)}");
        Contests = state.Units.Values.Count(u => u is { Status: UnitStatus.Landed, Winner: > 0 });
        if (state.StopCause is null) Require(state.AllSettled, "the mission ended by itself with units unsettled");
        if (state.Settings.Push) Pushing(state);
        if (MissionResults.Of(state) == MissionResult.Met) Require(state.Green is not null && world.IsGood(state.Green), "met on a tree that is not green");
        return state;
    }

    /// <summary>What is told of the remote is so, and nothing is left unpushed without a reason.</summary>
    private void Pushing(MissionState state)
    {
        var why = PushDecision.Reason(state);
        Require(state.StopCause is not null || why != "the mission ended before", "the mission ended by itself and pushed nothing");
        if (why is null && !state.Landings.IsEmpty) Require(world.Content(state.Green!).All(world.Content(world.Remote).Contains), $"told to be pushed, but the remote has {world.Remote}");
        if (state.Settings.AskBeforePush && state.Push.Commit is { } pushed) Require(person.Approved(Approval.KeyOf(Gates.Push, PushGreen.Short(pushed))), $"{pushed} was pushed without an approval");
        Pushes = state.Push.Commit is null ? 0 : 1;
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
