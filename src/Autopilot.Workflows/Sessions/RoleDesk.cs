using Autopilot.Agents.Models;
using Autopilot.Core.Agents;
using Autopilot.Core.Models;

namespace Autopilot.Workflows.Sessions;

/// <summary>Asks models in one exchange, and agents in a recorded session that can read a workspace and change nothing.</summary>
public sealed class RoleDesk(RoleResolver roles, RoleModels models, AgentSessions sessions) : IRoleDesk
{
    public async Task<RoleAnswer<T>> Ask<T>(RoleQuestion question, AnswerForm<T> form, CancellationToken cancellation)
        where T : class
    {
        if (roles.ResolveAll(question.Role).All(target => target is RoleTarget.OfAgent)) return await AskAgent(question, form, cancellation);
        var asked = new ModelQuestion { Role = question.Role, Prompt = question.Prompt, RunId = question.RunId, CapUsd = question.CapUsd };
        var answer = await models.Ask(asked, form, cancellation);
        return new RoleAnswer<T>(answer.Value, answer.CostUsd ?? 0);
    }

    private async Task<RoleAnswer<T>> AskAgent<T>(RoleQuestion question, AnswerForm<T> form, CancellationToken cancellation)
        where T : class
    {
        var prompt = $"{question.Prompt}\n\nAnswer with nothing but JSON of this schema:\n{form.Schema.GetRawText()}";
        var first = await sessions.Run(Order(question, question.Key, prompt, form) with { Adopts = IsReadable }, cancellation);
        var (value, problem) = Read(first, form);
        if (value is not null) return new RoleAnswer<T>(value, first.CostUsd ?? 0);
        // Who ran out of time had no answer yet, whatever it said meanwhile: there is nothing to mend.
        if (first.Limit == LimitKind.Time) throw Failed(first, FailureKind.Silence);
        var repair = $"{(first.SessionId is null ? prompt + "\n\nYour earlier answer was:\n" + first.FinalText + "\n\n" : "")}That answer cannot be used: {problem} Answer again, with nothing but JSON of the schema.";
        var again = await Repaired(Order(question, question.Key + "/repair", repair, form) with { Continues = first.SessionId, UsageBefore = first.Usage, Adopts = IsReadable }, first, cancellation);
        (value, problem) = Read(again, form);
        return value is not null
            ? new RoleAnswer<T>(value, (first.CostUsd ?? 0) + (again.CostUsd ?? 0))
            : throw new UnreadableAnswerException(again.FinalText ?? "", problem!);

        // What could not be read is asked for anew when the step is tried again.
        bool IsReadable(AgentOutcome outcome) => outcome.IsFinished && form.Read(outcome.FinalText ?? "").Value is not null;
    }

    private async Task<AgentOutcome> Repaired(SessionOrder order, AgentOutcome first, CancellationToken cancellation)
    {
        try
        {
            return await sessions.Run(order, cancellation);
        }
        catch (OperationCanceledException stopped)
        {
            throw SessionStoppedException.After(first.CostUsd ?? 0, stopped);
        }
    }

    private static (T? Value, string? Problem) Read<T>(AgentOutcome outcome, AnswerForm<T> form)
        where T : class =>
        outcome.Kind == OutcomeKind.Completed || outcome.FinalText is { Length: > 0 } && outcome.Failure == FailureKind.None
            ? form.Read(outcome.FinalText ?? "")
            : throw Failed(outcome, outcome.Limit == LimitKind.Time ? FailureKind.Silence : outcome.Failure);

    private static ModelFailedException Failed(AgentOutcome outcome, FailureKind failure) =>
        new(failure, outcome.Detail) { RetryAt = outcome.RetryAt, CostUsd = outcome.CostUsd };

    private static SessionOrder Order<T>(RoleQuestion question, string key, string prompt, AnswerForm<T> form)
        where T : class => new()
        {
            RunId = question.RunId,
            Key = key,
            Role = question.Role,
            Prompt = prompt,
            Workspace = question.Workspace,
            Access = AgentAccess.ReadOnly,
            AnswerSchema = form.Schema.GetRawText(),
            Limits = new AgentLimits { BudgetUsd = question.CapUsd, WallClock = question.WallClock, Silence = question.Silence },
        };
}
