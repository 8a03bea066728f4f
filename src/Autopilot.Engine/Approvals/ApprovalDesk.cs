using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Approvals;

/// <summary>
/// Puts questions to a person and looks for their answers, by the rules of their gates: <see cref="IRun.Ask"/> for a workflow that waits
/// for one answer, and directly for the body of a step that goes on meanwhile.
/// </summary>
public sealed class ApprovalDesk(IStore store, TimeProvider clock, RunEngineOptions options)
{
    private readonly QuestionTable questions = new(store, clock);

    /// <summary>How often it is worth looking for an answer.</summary>
    public TimeSpan Poll => options.AnswerPoll;

    /// <summary>The question as a person will read it.</summary>
    public Question Worded(Question question)
    {
        var put = GateRule.Apply(question, options.Gates);
        return put with { Text = options.Redact(put.Text), Detail = put.Detail is { } detail ? options.Redact(detail) : null };
    }

    /// <summary>Asks, unless it was asked before.</summary>
    /// <returns>The question as it stands, answered or not.</returns>
    public async Task<PendingQuestion> Put(string runId, string key, Question question)
    {
        await questions.Put(runId, key, Worded(question));
        return await Look(runId, key);
    }

    /// <summary>The question as it stands: one whose time is over is answered by that.</summary>
    public async Task<PendingQuestion> Look(string runId, string key) => await Settled((await questions.Find(runId, key))!);

    /// <summary>The same, where there may be no such question.</summary>
    public async Task<PendingQuestion?> Find(string runId, string key) => await questions.Find(runId, key) is { } asked ? await Settled(asked) : null;

    /// <summary>What waits for a person in any run, the oldest first.</summary>
    public async Task<IReadOnlyList<PendingQuestion>> Open()
    {
        var open = new List<PendingQuestion>();
        foreach (var asked in await questions.Open())
            if (await Settled(asked) is { Answer: null } waiting) open.Add(waiting);
        return open;
    }

    /// <summary>Everything that a run asked, as it stands.</summary>
    public async Task<IReadOnlyList<PendingQuestion>> LookAtAll(string runId)
    {
        var all = new List<PendingQuestion>();
        foreach (var asked in await questions.Of(runId)) all.Add(await Settled(asked));
        return all;
    }

    /// <summary>Answers for a person, unless there is an answer already or the time for one is over.</summary>
    public async Task<PendingQuestion> Give(string runId, string key, string value, string by, string? reason)
    {
        await questions.Give(runId, key, value, by, reason);
        return await Look(runId, key);
    }

    private async Task<PendingQuestion> Settled(PendingQuestion asked)
    {
        asked = await questions.Settled(asked);
        if (asked.Answer is null) options.Requests?.Show(asked);
        else options.Requests?.Close(asked.RunId, asked.Key);
        return asked;
    }
}
