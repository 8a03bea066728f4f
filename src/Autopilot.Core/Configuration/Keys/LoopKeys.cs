namespace Autopilot.Core.Configuration;

/// <summary><c>loop:</c></summary>
public static class LoopKeys
{
    public static Key<IReadOnlyList<string>> Pairs { get; } = new("loop.pairs", new ListShape<string>(new TextShape(), "a list of pairs, or their names with commas"), ["plan", "implement", "test", "audit"], "The pairs that a loop runs, always in their canonical order.");

    public static Key<int> MaxIterations { get; } = new("loop.max_iterations", new IntegerShape(1, 1000), 15, "Cycles of a pair (for each phase) before the loop stops and says why.");

    public static Key<int> MaxQuestions { get; } = new("loop.max_questions", new IntegerShape(0, 1000), 10, "Questions of a pair (for each phase) before the loop stops.");

    public static Key<string> PhaseMode { get; } = new("loop.phase_mode", new ChoiceShape("single", "up-to", "all"), "single", "Which phases are worked on with --phase-id: that one, all up to it, or all. Without it all are.");

    public static Key<string> IntentMode { get; } = new("loop.intent_mode", new ChoiceShape("replace", "append", "preserve"), "preserve", "How an intent changes the stored request of its task.");

    public static Key<int> Parallel { get; } = new("loop.parallel", new IntegerShape(1, 16), 1, "How many phases that do not depend on each other are worked on at once, each in a workspace of its own.");

    public static Key<bool> FullAutoAnswers { get; } = new("loop.full_auto_answers", new FlagShape(), false, "Answer questions of agents with their best supposition instead of asking a person.");

    public static Key<bool> NoGit { get; } = new("loop.no_git", new FlagShape(), false, "Work in the folder itself and keep its states by content hash, without git.");

    public static Key<bool> AutoFollowup { get; } = new("loop.auto_followup", new FlagShape(), true, "Start a follow-up run for the gaps that an audit finds.");

    public static Key<int> MaxFollowups { get; } = new("loop.auto_followup_max_depth", new IntegerShape(0, 100), 3, "How many follow-ups may follow each other.");

    public static Key<string> Templates { get; } = new("loop.templates", new TextShape("a folder"), "A folder with loops/pairs.yaml and prompts in place of the built-in ones, relative to the repository.");

    public static Key<TimeSpan> TurnTime { get; } = new("loop.turn_time", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), TimeSpan.FromHours(1), "The longest turn of an agent.");

    public static IReadOnlyList<ConfigurationKey> All { get; } =
        [Pairs, MaxIterations, MaxQuestions, PhaseMode, IntentMode, Parallel, FullAutoAnswers, NoGit, AutoFollowup, MaxFollowups, Templates, TurnTime];
}
