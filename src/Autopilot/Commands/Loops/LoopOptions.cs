using System.CommandLine;
using Autopilot.Core.Configuration;

namespace Autopilot.Commands.Loops;

/// <summary>The options of <c>autopilot loop</c>.</summary>
internal sealed class LoopOptions
{
    public Option<string?> Intent { get; } = new("--intent") { Description = "What is wanted: in words, - for stdin, or a file.", HelpName = "TEXT" };

    public Option<string?> Workspace { get; } = new("--workspace", "-c", "--cwd") { Description = "Work for this folder instead of the current one; it may be below the top of a repository.", HelpName = "FOLDER" };

    public Option<string?> Pairs { get; } = new("--pairs") { Description = "The pairs to run, with commas; by default plan,implement,test,audit.", HelpName = "LIST" };

    public Option<string?> PhaseId { get; } = new("--phase-id") { Description = "Work on this phase only; see --phase-mode.", HelpName = "ID" };

    public Option<string?> PhaseMode { get; } = new("--phase-mode") { Description = "single for the phase alone, up-to for all phases up to it, all for all.", HelpName = "MODE" };

    public Option<string?> MaxIterations { get; } = new("--max-iterations") { Description = "Cycles of a pair before the loop stops and says why.", HelpName = "N" };

    public Option<string?> TaskId { get; } = new("--task-id") { Description = "The task, in place of a name made from the intent.", HelpName = "ID" };

    public Option<string?> IntentMode { get; } = new("--intent-mode") { Description = "replace, append or preserve the stored request of the task.", HelpName = "MODE" };

    public Option<bool> Resume { get; } = new("--resume") { Description = "Go on with a run at its first unfinished step." };

    public Option<string?> RunId { get; } = new("--run-id") { Description = "With --resume: which run; the end of its id will do.", HelpName = "ID" };

    public Option<string?> Answer { get; } = new("--answer") { Description = "With --resume: the answer to what the run asks.", HelpName = "TEXT" };

    public Option<bool> AcceptChanges { get; } = new("--accept-changes") { Description = "With --resume: go on although the configuration has changed." };

    public Option<bool> ListTasks { get; } = new("--list-tasks") { Description = "List the tasks and do nothing else." };

    public Option<bool> FullAutoAnswers { get; } = new("--full-auto-answers") { Description = "Answer questions with the best supposition instead of asking." };

    public Option<bool> NoFullAutoAnswers { get; } = new("--no-full-auto-answers") { Description = "Ask, whatever the configuration says." };

    public Option<bool> NoGit { get; } = new("--no-git") { Description = "Work in the folder itself and keep states by content hash." };

    public Option<bool> InPlace { get; } = new("--in-place") { Description = "Work in your checkout itself instead of a workspace beside it. What you have changed or staged stays out of every commit." };

    public Option<bool> AutoFollowup { get; } = new("--auto-followup") { Description = "Start follow-up runs for the gaps that an audit finds." };

    public Option<bool> NoAutoFollowup { get; } = new("--no-auto-followup") { Description = "Stop with exit code 3 when an audit finds gaps." };

    public Option<string?> MaxFollowups { get; } = new("--max-followups") { Description = "How many follow-ups may follow each other.", HelpName = "N" };

    public Option<string?> Verify { get; } = new("--verify") { Description = "The verification command, in place of the configured one.", HelpName = "COMMAND" };

    public Option<string?> Agent { get; } = new("--agent") { Description = "The agent for every role that is not bound; with --resume it takes over.", HelpName = "NAME" };

    public Option<string?> Model { get; } = new("--model", "-m") { Description = "The model for every role, as the agent names it.", HelpName = "MODEL" };

    public Option<bool> Json { get; } = CommonOptions.Json();

    public IEnumerable<Option> All =>
    [
        Intent, Workspace, Pairs, PhaseId, PhaseMode, MaxIterations, TaskId, IntentMode, Resume, RunId, Answer, AcceptChanges, ListTasks, FullAutoAnswers, NoFullAutoAnswers,
        NoGit, InPlace, AutoFollowup, NoAutoFollowup, MaxFollowups, Verify, Agent, Model, Json,
    ];

    /// <summary>What the flags say, as the uppermost layer of the configuration.</summary>
    public ConfigurationLayer Layer(ParseResult parsed) => ConfigurationLayer.OfFlags(
    [
        .. Texts().Where(f => parsed.GetValue(f.Option) is not null).Select(f => (f.Key, f.Option.Name, parsed.GetValue(f.Option)!)),
        .. Switches().Where(f => parsed.GetValue(f.Option)).Select(f => (f.Key, f.Option.Name, f.Value)),
    ]);

    private IEnumerable<(ConfigurationKey Key, Option<string?> Option)> Texts() =>
    [
        (LoopKeys.Pairs, Pairs), (LoopKeys.PhaseMode, PhaseMode), (LoopKeys.MaxIterations, MaxIterations), (LoopKeys.IntentMode, IntentMode), (LoopKeys.MaxFollowups, MaxFollowups),
    ];

    private IEnumerable<(ConfigurationKey Key, Option<bool> Option, string Value)> Switches() =>
    [
        (LoopKeys.FullAutoAnswers, FullAutoAnswers, "true"), (LoopKeys.FullAutoAnswers, NoFullAutoAnswers, "false"), (LoopKeys.NoGit, NoGit, "true"),
        (LoopKeys.AutoFollowup, AutoFollowup, "true"), (LoopKeys.AutoFollowup, NoAutoFollowup, "false"),
    ];
}
