using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Approvals;
using Autopilot.Engine.Runs;
using Autopilot.Workflows.Loops;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Governor;

/// <summary><c>approvals</c>: what runs of this repository wait for a person to decide.</summary>
internal static class ApprovalsCommand
{
    public static Command Build(Application application)
    {
        var command = new Command("approvals", "List, show and answer what runs wait for a person to decide.")
        {
            List(application),
            Show(application),
            Answer(application, "approve", "Let the run go on."),
            Answer(application, "deny", "Do not let the run do it."),
            InWords(application),
        };
        return command.WithExamples("autopilot approvals list", "autopilot approvals approve RUN/KEY --reason 'looked at the diff'");
    }

    private static Command List(Application application)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "What is open, the oldest first.") { json };
        command.SetAction(async (parsed, _) =>
        {
            await using var state = Open(application);
            var items = (await Desk(application, state).Open()).Select(Item).ToList();
            if (parsed.GetValue(json)) application.Terminal.Json(items, GovernorCommandJson.Default.ListApprovalItem);
            else foreach (var item in items) application.Terminal.Result($"{item.Id}  {item.Gate}  {item.Text}{(item.DueAt is { } due ? $"  (until {due:u}, then {item.OnTimeout ?? "deny"})" : "")}");
            if (items.Count == 0) application.Terminal.Note("Nothing waits for a decision.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Application application)
    {
        var (id, json) = (Id(), CommonOptions.Json());
        var command = new Command("show", "One of them, with what is needed to decide.") { id, json };
        command.SetAction(async (parsed, _) =>
        {
            await using var state = Open(application);
            var item = Item(await Find(Desk(application, state), parsed.GetValue(id)!));
            if (parsed.GetValue(json)) application.Terminal.Json(item, GovernorCommandJson.Default.ApprovalItem);
            else application.Terminal.Result($"{item.Id}\ngate     {item.Gate}\nasked    {item.AskedAt:u}\nuntil    {Deadline(item)}\nanswers  {string.Join(", ", item.Choices)}\nanswer   {Given(item)}\n\n{item.Text}\n{item.Detail}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Answer(Application application, string value, string summary)
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "Why; it is recorded." };
        var command = new Command(value, summary) { id, reason };
        command.SetAction((parsed, _) => Give(application, parsed.GetValue(id)!, value, parsed.GetValue(reason)));
        return command;
    }

    private static Command InWords(Application application)
    {
        var id = Id();
        var text = new Argument<string>("TEXT") { Description = "The answer, one of those that are offered where there are any." };
        var command = new Command("answer", "Answer a question in words.") { id, text };
        command.SetAction((parsed, _) => Give(application, parsed.GetValue(id)!, parsed.GetRequiredValue(text), reason: null));
        return command;
    }

    private static async Task<int> Give(Application application, string id, string value, string? reason)
    {
        var desk = new GovernorDesk(application);
        if (desk.Caller.Actor == Actor.Agent) return desk.RecordRefused(RefusalCodes.ApprovalIsUserOnly, value is "approve" or "deny" ? value : "answer", $"{id}: {reason}");
        await using var state = Open(application);
        var questions = Desk(application, state);
        var asked = await Find(questions, id);
        if (asked.Answer is not null) throw Late(id, asked);
        asked = await questions.Give(asked.RunId, asked.Key, value, "user", reason);
        var answer = asked.Answer!;
        if (answer.Value != value || answer.By == Core.Runs.Answer.Timeout) throw Late(id, asked);
        application.Terminal.Result($"OK: {id} = {answer.Value} (by {answer.By}). If the run's process has ended, go on with '{await GoOn(application, state, asked.RunId)}'.");
        return ExitCodes.Done;
    }

    private static UserErrorException Late(string id, PendingQuestion asked) => new(
        asked.Answer is { By: Core.Runs.Answer.Timeout } silence
            ? $"{id} timed out at {asked.DueAt:u}: nobody had answered, and '{silence.Value}' is the answer since (approvals.{asked.Question.Gate}). An answer is given once."
            : $"{id} was answered with '{asked.Answer!.Value}' by {asked.Answer.By} at {asked.Answer.At:u}; an answer is given once.",
        ExitCodes.Failed);

    private static string Deadline(ApprovalItem item) => item.DueAt is { } due ? $"{due:u}, then {item.OnTimeout ?? "no answer"}" : "(no end)";

    private static string Given(ApprovalItem item) => item.Answer is null
        ? "(open)"
        : $"{item.Answer} (by {item.AnsweredBy} at {item.AnsweredAt:u}){(string.IsNullOrEmpty(item.Reason) ? "" : $": {item.Reason}")}";

    private static async Task<string> GoOn(Application application, RepositoryState state, string runId) =>
        (await new RunEngine(state.Store, application.Clock).Get(runId)).Workflow switch
        {
            LoopWorkflow.Name => $"autopilot loop --resume --run-id {runId}",
            MissionWorkflow.Name => $"autopilot mission resume {runId}",
            _ => $"autopilot resume {runId}",
        };

    private static Argument<string> Id() => new("id") { Description = "RUN/KEY, as 'approvals list' shows it." };

    private static RepositoryState Open(Application application) => RepositoryState.Open(Places.RepositoryOf(application.Folder), application.Clock);

    private static ApprovalDesk Desk(Application application, RepositoryState state) => new(state.Store, application.Clock, new RunEngineOptions { Requests = state.Requests });

    private static async Task<PendingQuestion> Find(ApprovalDesk desk, string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && await desk.Find(id[..slash], id[(slash + 1)..]) is { } found
            ? found
            : throw new UserErrorException($"There is no question '{id}' in this repository. See 'autopilot approvals list'.");
    }

    private static ApprovalItem Item(PendingQuestion asked) => new(
        $"{asked.RunId}/{asked.Key}", asked.Question.Gate, asked.Question.Text, asked.Question.Detail, asked.Question.Choices,
        asked.AskedAt, asked.DueAt, asked.Question.OnTimeout, asked.Answer?.Value,
        asked.Answer?.By, asked.Answer?.At, asked.Answer?.Reason);
}
