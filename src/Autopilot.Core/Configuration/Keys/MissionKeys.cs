namespace Autopilot.Core.Configuration;

/// <summary><c>mission:</c></summary>
public static class MissionKeys
{
    public static Key<string> Objective { get; } = new("mission.objective", new TextShape("an objective"), "The objective of 'autopilot mission' when none is given.");

    public static Key<int> Workers { get; } = new("mission.workers", new IntegerShape(1, 256), 4, "How many workers at once.");

    public static Key<TimeSpan> MaxTime { get; } = new("mission.max_time", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), TimeSpan.FromHours(2), "The longest that a mission may take.");

    public static Key<decimal?> MaxBudget { get; } = new("mission.max_budget", new MoneyShape(), "The most that one mission may spend, in USD, below budget.run.");

    public static Key<string> Green { get; } = new("mission.green", new TextShape("a branch"), "autopilot/green", "The branch that only ever points at a tree that passed verification.");

    public static Key<int> MinAmbition { get; } = new("mission.min_ambition", new IntegerShape(1, 10), 4, "Below this score a first plan is asked for once more.");

    public static Key<int> MaxAttempts { get; } = new("mission.max_attempts", new IntegerShape(1, 20), 3, "Attempts of a unit before it is given up. Faults of provider, git or machine do not count.");

    public static Key<bool> Review { get; } = new("mission.review", new FlagShape(), true, "Ask the reviewer about each unit before it is merged. The guard against dishonest work holds in any case.");

    public static Key<decimal> MinReviewScore { get; } = new("mission.min_review_score", new NumberShape(1, 10), 5, "The mean score below which a review sends a unit back.");

    public static Key<bool> CheckObjective { get; } = new("mission.check_objective", new FlagShape(), true, "Ask the auditor at the end whether the objective is met.");

    public static Key<TimeSpan> WorkerTime { get; } = new("mission.worker_time", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), TimeSpan.FromMinutes(45), "The longest session of a worker, and the longest that any other role of a mission may take for an answer.");

    public static Key<TimeSpan> WorkerSilence { get; } = new("mission.worker_silence", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), TimeSpan.FromMinutes(10), "The longest silence of a worker, or of another role of a mission, before it is taken for hung.");

    public static Key<TimeSpan> RetryDelay { get; } = new("mission.retry_delay", new DurationShape(TimeSpan.Zero, TimeSpan.FromHours(1)), TimeSpan.FromSeconds(30), "The wait before a second attempt; doubles with each further one, up to ten times this.");

    public static Key<int> BatchLimit { get; } = new("mission.batch_limit", new IntegerShape(1, 48), 48, "The most units that are verified together.");

    public static Key<bool> SpeculativeBatch { get; } = new("mission.speculative_batch", new FlagShape(), false, "Verify the next batch while one is being verified, on the assumption that it passes.");

    public static Key<int> LargeMergeLines { get; } = new("mission.large_merge_lines", new IntegerShape(0, int.MaxValue), 500, "From this many changed lines a person must approve the merge of a unit (the gate large_merge of approvals:); 0 for never.");

    public static Key<int> LargeMergeFiles { get; } = new("mission.large_merge_files", new IntegerShape(0, int.MaxValue), 20, "The same for changed files.");

    public static Key<int> Speculate { get; } = new("mission.speculate", new IntegerShape(0, 5), 0, "How many attempts at an uncertain unit are made at once, each by another approach (conventional, alternative, defensive, minimal, exploratory); 0 or 1 for none. One of them goes on: the best of those that pass verification, criteria and review.");

    public static Key<decimal> SpeculateFrom { get; } = new("mission.speculate_from", new NumberShape(0, 1), 0.7m, "The uncertainty of a unit from which on that is done; 0 for every unit.");

    public static Key<string> SpeculateBy { get; } = new("mission.speculate_by", new ChoiceShape("review", "cost", "size"), "review", "What decides between attempts that pass: the reviewer's score, the cost, or the size of the change.");

    public static Key<bool> Chain { get; } = new("mission.chain", new FlagShape(), false, "At its end, have the strategist propose the next mission. On a terminal you are asked; without one it goes on only with --approve-all, else with 'autopilot mission next'. Budget and time hold for the whole chain.");

    public static Key<int> ChainMaxDepth { get; } = new("mission.chain_max_depth", new IntegerShape(1, 100), 3, "The most missions of a chain.");

    public static Key<int> CleanupInterval { get; } = new("mission.cleanup_interval", new IntegerShape(0, 100), 3, "After so many missions that landed something, the next of a chain tidies up instead; 0 for never.");

    public static Key<bool> AutoPush { get; } = new("mission.auto_push", new FlagShape(), false, "Push green after each landing; with approvals.push a person is asked first, once, when nothing else is left to do. Where the remote moved, what is there is merged, verified with green, and pushed.");

    public static Key<string> PushRemote { get; } = new("mission.push_remote", new TextShape("the name of a remote"), "origin", "Where green is pushed to: a remote of your repository.");

    public static Key<string> PushBranch { get; } = new("mission.push_branch", new TextShape("a branch"), "The branch there; the name of green by default.");

    public static Key<string> DishonestWork { get; } = new("mission.dishonest_work", new ChoiceShape("retry", "reject", "ask"), "retry", "What becomes of a unit that deletes, skips or weakens tests, changes verification, CI or linter settings, or swallows errors, without its task asking for that: it is sent back with what was found, rejected for good, or a person is asked (the gate dishonest_work of approvals:).");

    public static Key<int> PlanDepth { get; } = new("mission.plan_depth", new IntegerShape(1, 4), 3, "Levels of division that the planner may use.");

    public static Key<int> PlanWidth { get; } = new("mission.plan_width", new IntegerShape(1, 20), 6, "The most parts that the planner divides a scope into.");

    public static Key<decimal> ArchitectFrom { get; } = new("mission.architect_from", new NumberShape(0, 1), 0.7m, "The uncertainty of a unit from which on an architect designs it before the worker begins; 0 for every unit.");

    public static Key<int> MaxReplanAttempts { get; } = new("mission.max_replan_attempts", new IntegerShape(1, 20), 3, "Plans in a row that land nothing before the mission stops.");

    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        Objective, Workers, MaxTime, MaxBudget, Green, MinAmbition, MaxAttempts, Review, MinReviewScore, CheckObjective,
        WorkerTime, WorkerSilence, RetryDelay, BatchLimit, SpeculativeBatch, LargeMergeLines, LargeMergeFiles, AutoPush, PushRemote, PushBranch,
        Speculate, SpeculateFrom, SpeculateBy, Chain, ChainMaxDepth, CleanupInterval, DishonestWork,
        PlanDepth, PlanWidth, ArchitectFrom, MaxReplanAttempts,
    ];
}
